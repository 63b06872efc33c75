"""Every exception that the data layer raises on purpose.

    DataLayerError
    ├── SessionFileError          one NWB file cannot be read as a Visual Behavior session
    │   ├── FileMissing           (also FileNotFoundError)
    │   ├── FileNotReadable       there, but the system does not let it be read
    │   ├── FileDamaged           truncated, or not HDF5 at all
    │   ├── NotVisualBehavior     HDF5, but not this data set
    │   ├── StreamDamaged         one stream is in the file but cannot be read
    │   ├── WrongFile             sound, but of another recording than its name or place says
    │   ├── StreamMissing         one stream is not in the file (also LookupError)
    │   └── NotReadableNow        now: SessionClosed (also ValueError), StreamUnreachable (remote)
    ├── ProjectCacheError         the cache directory or its tables cannot be read
    │   ├── ManifestMissing
    │   └── TableDamaged
    ├── UnknownId                 no row of the tables has this id (also LookupError)
    ├── RemoteError               object storage does not give what was asked for
    │   ├── RemoteUnreachable     no answer in time, or none that is of use
    │   ├── RemoteRefused         the server does not allow it
    │   ├── ObjectMissing         no such object or version (also LookupError)
    │   ├── ObjectChanged         the object is no longer that which was first read
    │   ├── WrongContent          what has arrived has not the hash of the manifest
    │   └── CannotKeep            what arrives cannot be written to disk
    ├── NotOnThisMachine          listed in the tables, but its NWB file is not here
    ├── StoreDamaged              a prepared store is incomplete or broken
    ├── CannotPrepare             a prepared store cannot be written
    ├── WorkDirUnwritable         nothing can be written into the work directory
    ├── AnnotationsError          notes cannot be stored or imported
    │   ├── BadAnnotation         one field of a note cannot be used (also ValueError)
    │   ├── BadAnnotationFile     a file of notes cannot be imported
    │   ├── AnnotationsDiffer     two notes have one id
    │   ├── AnnotationsDamaged    the database of notes cannot be read
    │   └── CannotAnnotate        the database of notes cannot be opened or written
    ├── OverLimit                 more was asked for than a setting allows
    ├── FolderNotTrusted          others can write into a folder of ours
    ├── TooBusy                   other costly requests take all turns
    └── BadSetting                an environment variable that cannot be used (also ValueError)

Each stores its facts as fields; ``str()`` says in one sentence what is wrong, where, what to do.
"""

from __future__ import annotations

import os
import reprlib
from pathlib import Path

_brief = reprlib.Repr()
_brief.maxlevel, _brief.maxstring, _brief.maxother, _brief.maxlong = 3, 100, 100, 60
"""Unlike ``repr`` it ends at once, whatever a file or a client sent."""


class DataLayerError(Exception):
    """Base class of all errors here; ``str()`` gives one sentence for the user."""

    def without_folders(self) -> str:
        """The sentence with the names of files and folders alone, not where they are."""
        sentence = str(self)
        for value in vars(self).values():
            if isinstance(value, Path | str) and os.path.isabs(value):
                sentence = sentence.replace(f"{Path(value).parent}{os.sep}", "")
        return sentence


class SessionFileError(DataLayerError):
    """The NWB file at ``path`` cannot be read."""

    def __init__(self, path: Path | str, problem: str, advice: str) -> None:
        super().__init__(path, problem, advice)
        self.path, self.problem, self.advice = Path(path), problem, advice

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}. {self.advice}"


class FileMissing(SessionFileError, FileNotFoundError):
    """There is no file at ``path``."""


class FileNotReadable(SessionFileError):
    """The file is there, but the system does not let it be read, as where it is locked."""


class FileDamaged(SessionFileError):
    """The file is truncated or is not HDF5."""


class NotVisualBehavior(SessionFileError):
    """The file is HDF5 but not an NWB file of the Visual Behavior data set."""


class WrongFile(SessionFileError):
    """The file holds another recording: ``found`` stands in it where ``asked`` was meant.

    Both are values of ``id_name``, such as ``ophys_experiment_id``; ``found`` is None if the file
    has no such id.
    """

    def __init__(self, path: Path | str, id_name: str, asked: int, found: int | None) -> None:
        its = f"it has no {id_name}" if found is None else f"its {id_name} is {found}"
        problem = f"holds another recording: {its}, not {asked}"
        advice = (
            f"Put the file of {asked} in its place, or look at what it holds with: "
            f"vbdash open {Path(path).name}"
        )
        super().__init__(path, problem, advice)
        self.id_name, self.asked, self.found = id_name, asked, found


class StreamMissing(SessionFileError, LookupError):
    """A data stream (``stream``, an attribute name) is not in this file."""

    def __init__(self, path: Path | str, stream: str, expected: str, advice: str) -> None:
        super().__init__(path, f"has no {stream} ({expected} is not in the file)", advice)
        self.stream, self.expected = stream, expected


class StreamDamaged(SessionFileError):
    """A data stream is in the file but its content is not as expected."""

    def __init__(self, path: Path | str, stream: str, problem: str, advice: str) -> None:
        super().__init__(path, f"{stream} cannot be read: {problem}", advice)
        self.stream = stream


class NotReadableNow(SessionFileError):
    """The session cannot be read now. Whoever leaves out what is damaged lets this error pass."""


class SessionClosed(NotReadableNow, ValueError):
    """The session was used after it was closed."""

    def __init__(self, path: Path | str) -> None:
        super().__init__(path, "the session is closed", "Open the file again to read from it")


class ProjectCacheError(DataLayerError):
    """The cache directory cannot be used; ``where`` is the file or folder at fault."""

    def __init__(self, where: Path | str, problem: str, advice: str) -> None:
        super().__init__(where, problem, advice)
        self.where, self.problem, self.advice = Path(where), problem, advice

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}. {self.advice}"


class ManifestMissing(ProjectCacheError):
    """The cache directory has no manifest of a supported release."""


class TableDamaged(ProjectCacheError):
    """A metadata table is missing, or its content is not as expected."""


class UnknownId(DataLayerError, LookupError):
    """No row of the tables has the id ``value`` in the column ``id_name``."""

    def __init__(self, id_name: str, value: object) -> None:
        super().__init__(id_name, value)
        self.id_name, self.value = id_name, value

    def __str__(self) -> str:
        return f"No {self.id_name} {self.value} in the tables. Look it up on the Explore page."


class NotOnThisMachine(DataLayerError):
    """The tables list the session, but there is no NWB file at ``path``."""

    def __init__(self, id_name: str, value: int, path: Path | None) -> None:
        super().__init__(id_name, value, path)
        self.id_name, self.value, self.path = id_name, value, path

    def __str__(self) -> str:
        where = f"; it belongs at {self.path}" if self.path else ""
        return (
            f"The NWB file of {self.id_name} {self.value} is not on this machine{where}. "
            "Download it into the cache directory (vbdash fetch does so), then reload the page."
        )


class RemoteError(DataLayerError):
    """Object storage (``where``) does not give what was asked for."""

    problem = "cannot be read"
    advice = "Try again later."

    def __init__(self, where: str, *facts: str) -> None:
        super().__init__(where, *facts)
        self.where, self.facts = where, facts

    def __str__(self) -> str:
        return f"{self.where} {self.problem.format(*self.facts)}. {self.advice}"


class RemoteUnreachable(RemoteError):
    """There was no answer in time, or none that is of use; the second argument says why."""

    problem = "cannot be reached: {}"
    advice = "What is on this machine can be used meanwhile."


class RemoteRefused(RemoteError):
    """The server does not allow reading the object with this key."""

    problem = "does not allow reading {}"
    advice = "Check the bucket and the endpoint in the settings."


class ObjectMissing(RemoteError, LookupError):
    """There is no object with this key, or not in this version."""

    problem = "has no {} in this version"
    advice = "Check the address, or that the manifest belongs to this bucket or mirror."


class ObjectChanged(RemoteError):
    """The object with this key is no longer that which was first read."""

    problem = "has another {} than a moment ago"
    advice = "Open it again."


class WrongContent(RemoteError):
    """What has arrived of the object with this key has not the hash that its manifest names."""

    problem = "sent a {} that differs from the one in the manifest"
    advice = "Nothing of it was kept. Try again, and tell whoever runs the store if that fails."


class CannotKeep(RemoteError):
    """A file that is downloaded (``where``) cannot be written; the second argument says why."""

    problem = "cannot be written: {}"
    advice = "What has arrived is kept; make room or choose another folder, then try again."


class BadSetting(DataLayerError, ValueError):
    """The variable or option ``variable`` has the value ``value``, which is not ``expected``."""

    def __init__(self, variable: str, value: str, expected: str) -> None:
        super().__init__(variable, value, expected)
        self.variable, self.value, self.expected = variable, value, expected

    def __str__(self) -> str:
        return (
            f"{self.variable} is {self.value!r}, not {self.expected}. Correct it or leave it out."
        )


class OverLimit(DataLayerError):
    """``asked`` things were asked for (``what``, a plural); the setting allows ``most``."""

    def __init__(self, setting: str, asked: int, most: int, what: str) -> None:
        super().__init__(setting, asked, most, what)
        self.setting, self.asked, self.most, self.what = setting, asked, most, what

    def __str__(self) -> str:
        return (
            f"{self.asked:,} {self.what} are more than the {self.most:,} that this server allows. "
            f"Ask for fewer; the setting VBDASH_{self.setting.upper()} raises the limit."
        )


class FolderNotTrusted(DataLayerError):
    """Another user can change what is in ``folder``; ``problem`` says why."""

    def __init__(self, folder: Path | str, problem: str) -> None:
        super().__init__(folder, problem)
        self.folder, self.problem = Path(folder), problem

    def __str__(self) -> str:
        return (
            f"{self.folder} {self.problem}, so nothing is kept or read there. Make it yours and "
            "writable by you alone (chmod 700), or choose another with --work-dir."
        )


class StoreDamaged(DataLayerError):
    """A prepared store is incomplete or broken; ``what`` is the damaged part."""

    def __init__(self, folder: Path | str, what: str) -> None:
        super().__init__(folder, what)
        self.folder, self.what = folder, what

    def __str__(self) -> str:
        return (
            f"The prepared view in {self.folder} is damaged at {self.what}. "
            "It is built anew; meanwhile the session is read from its NWB file."
        )


class CannotPrepare(DataLayerError):
    """The prepared store of the NWB file at ``path`` cannot be written into ``folder``."""

    def __init__(self, path: Path | str, folder: Path | str, problem: str) -> None:
        super().__init__(path, folder, problem)
        self.path, self.folder, self.problem = Path(path), Path(folder), problem

    def __str__(self) -> str:
        return (
            f"{self.path.name} cannot be prepared in {self.folder}: {self.problem}. It is read "
            "from the NWB file instead. See that the folder can be written and has room, or "
            "choose another with --work-dir."
        )


class WorkDirUnwritable(DataLayerError):
    """Nothing can be written into the work directory ``folder``."""

    def __init__(self, folder: Path | str, problem: str) -> None:
        super().__init__(folder, problem)
        self.folder, self.problem = Path(folder), problem

    def __str__(self) -> str:
        return (
            f"The work directory {self.folder} cannot be written: {self.problem}. "
            "Choose another with --work-dir or VBDASH_WORK_DIR."
        )


class AnnotationsError(DataLayerError):
    """Notes cannot be stored or imported."""


class BadAnnotation(AnnotationsError, ValueError):
    """The field ``name`` of an annotation has the value ``value``, which is not ``expected``."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(name, value, expected)
        self.name, self.value, self.expected = name, value, expected

    def __str__(self) -> str:
        shown = _brief.repr(self.value)
        shown = shown if len(shown) <= 60 else f"{shown[:57]}…"
        return f"The {self.name} of a note is {shown}, not {self.expected}."


class BadAnnotationFile(AnnotationsError):
    """A file of annotations cannot be imported; ``where`` is the line or field at fault."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(where, problem)
        self.where, self.problem = where, problem

    def __str__(self) -> str:
        problem = self.problem.removesuffix(".")
        return f"Nothing was imported: {self.where}: {problem}. Correct the file and try again."


class AnnotationsDiffer(AnnotationsError):
    """Two annotations have the same ``id`` but different content."""

    def __init__(self, id_: str) -> None:
        super().__init__(id_)
        self.id = id_

    def __str__(self) -> str:
        return (
            f"Nothing was written: the note {self.id} is already here and says something else. "
            "A correction needs an id of its own and names the note that it supersedes."
        )


class AnnotationsDamaged(AnnotationsError):
    """The database of annotations at ``path`` cannot be read."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(path, problem)
        self.path, self.problem = Path(path), problem

    def __str__(self) -> str:
        return (
            f"The notes in {self.path} cannot be read: it {self.problem}. "
            "Put a copy of the file in its place, or move it away and import an export."
        )


class CannotAnnotate(AnnotationsError):
    """The database of annotations at ``path`` cannot be opened or written."""

    def __init__(self, path: Path | str, problem: str) -> None:
        super().__init__(path, problem)
        self.path, self.problem = Path(path), problem

    def __str__(self) -> str:
        return (
            f"Notes cannot be kept in {self.path}: {self.problem}. See that the file can be "
            "written, or choose another with --annotations."
        )


class TooBusy(DataLayerError):
    """Other costly requests take all turns, and no more can wait."""

    def __str__(self) -> str:
        return (
            "The server is busy with other costly requests. Try again in a moment, or ask for "
            "less: fewer events, a shorter window, fewer sessions."
        )
