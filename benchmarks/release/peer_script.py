"""Run by the Python of the peers' environment, without Panah: rows in, rows out, times printed."""

import json
import resource
import sys
import time

import numpy as np
import pandas as pd  # type: ignore[import-not-found, import-untyped, unused-ignore]  # of the peers' environment


def by_pac_synth(people: "pd.DataFrame", asked: dict[str, float]) -> "pd.DataFrame":
    """Return rows of pac-synth with its own defaults for counts up to three columns."""
    import pacsynth  # type: ignore[import-not-found]

    wanted = pacsynth.DpAggregateSeededParametersBuilder()
    wanted = wanted.reporting_length(3).epsilon(asked["epsilon"]).delta(asked["delta"]).build()
    synthesizer = pacsynth.DpAggregateSeededSynthesizer(wanted)
    synthesizer.fit(pacsynth.Dataset.from_data_frame(people))
    return pacsynth.Dataset.raw_data_to_data_frame(synthesizer.sample())


def by_mst(people: "pd.DataFrame", asked: dict[str, float]) -> "pd.DataFrame":
    """Return rows of MST at the same delta; its own default is 1e-9."""
    from snsynth.mst import MSTSynthesizer  # type: ignore[import-not-found]

    synthesizer = MSTSynthesizer(epsilon=float(asked["epsilon"]), delta=asked["delta"])
    synthesizer.fit(people, categorical_columns=list(people.columns))
    return pd.DataFrame(synthesizer.sample(len(people)), columns=people.columns)


def main(folder: str, wanted: str) -> None:
    """Read people, make rows, write them, print how long it took."""
    asked = json.loads(wanted)
    codes = np.load(f"{folder}/people.npy")
    names = [f"c{at}" for at in range(codes.shape[1])]
    # Code 0 is nothing known: empty for pac-synth, which takes 0 for it too.
    text = np.where(codes == 0, "", np.char.add("v", codes.astype(str)))
    if asked["peer"].startswith("MST"):
        text = np.char.add("v", codes.astype(str))
    people = pd.DataFrame(text, columns=names)
    began = time.process_time(), time.perf_counter()
    made = (by_mst if asked["peer"].startswith("MST") else by_pac_synth)(people, asked)
    taken = time.process_time() - began[0], time.perf_counter() - began[1]
    words = made[names].fillna("").to_numpy().astype(str)
    flat = [int(word[1:]) if word[:1] == "v" else 0 for word in words.ravel()]
    np.save(f"{folder}/theirs.npy", np.asarray(flat, np.uint16).reshape(words.shape))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"everything, CPU s": taken[0], "everything, wall s": taken[1], "peak memory, MB": memory}
    sys.stdout.write("\n" + json.dumps(told) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:3])
