"""Opens one experiment with AllenSDK's cloud cache: CACHE_DIR OPHYS_EXPERIMENT_ID.

Runs with AllenSDK's Python; AWS_ENDPOINT_URL names the store. Prints the names of the manifests
that AllenSDK sees and what it downloaded: nothing where we had downloaded it before.
"""

from __future__ import annotations

import json
import sys
import warnings

warnings.simplefilter("ignore")

from allensdk.brain_observatory.behavior.behavior_project_cache import (  # noqa: E402
    VisualBehaviorOphysProjectCache,
)


def main(cache_dir: str, ophys_experiment_id: int) -> None:
    cache = VisualBehaviorOphysProjectCache.from_s3_cache(cache_dir)
    experiment = cache.get_behavior_ophys_experiment(ophys_experiment_id)
    found = {
        "manifests": cache.list_manifest_file_names(),
        "downloaded": cache.list_all_downloaded_manifests(),
        "current": cache.current_manifest(),
        "id": experiment.ophys_experiment_id,
        "compared": cache.compare_manifests(*2 * [cache.current_manifest()]),
    }
    print(json.dumps(found))


main(sys.argv[1], int(sys.argv[2]))
