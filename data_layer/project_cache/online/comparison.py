"""What changed from one manifest to another, in AllenSDK's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from data_layer.project_cache.manifest import Manifest


def compare(old: Manifest, new: Manifest) -> str:
    """The tables, then the files, that were created, changed, renamed or deleted, one a line."""
    lines = [
        *_changes(_hashes(old, tables=True), _hashes(new, tables=True)),
        *_changes(_hashes(old, tables=False), _hashes(new, tables=False)),
    ]
    if not lines:
        return "The two manifests are equivalent"
    heading = f"Changes going from\n{old.path.name}\nto\n{new.path.name}\n\n"
    return heading + "".join(f"{line}\n" for line in lines)


def _hashes(manifest: Manifest, *, tables: bool) -> dict[str, str]:
    """The hash of each file by its path in the release."""
    paths = (manifest.tables if tables else manifest.files).values()
    objects = (manifest.objects[path] for path in paths)
    return {one.key.partition("/")[2]: one.file_hash for one in objects}


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    """A line for each file that differs; a file with a new name is told once, by its old name."""
    new_names = {file_hash: name for name, file_hash in new.items() if file_hash}
    before = set(old.values())
    for name in sorted(old.keys() | new.keys()):
        if name not in old:
            if new[name] not in before:
                yield f"{name} created"
        elif name in new:
            if old[name] != new[name]:
                yield f"{name} changed"
        elif old[name] in new_names:
            yield f"{name} renamed {new_names[old[name]]}"
        else:
            yield f"{name} deleted"
