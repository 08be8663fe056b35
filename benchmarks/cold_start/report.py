"""A table of what was measured."""
import statistics

# The highest ratio to boto3 that is wanted: of which program, of what, with which latency and how many interfaces.
MARKS = {
    ("agent", "wall", 50, 4): 0.50,
    ("agent", "wall", 0, 2): 0.60,
    ("image", "done", 50, 4): 0.55,
    ("zip", "done", 50, 4): 1.00,
    ("zip", "done", 0, 2): 2.00,
}


def spread(runs, what, scale=1000):
    values = [getattr(run, what) * scale for run in runs]
    return "%.0f (%.0f–%.0f)" % (statistics.median(values), min(values), max(values))


def ratio(runs, boto3, what):
    return statistics.median(getattr(run, what) for run in runs) / statistics.median(getattr(run, what) for run in boto3)


def mark(name, runs, boto3, latency, interfaces):
    for what in ("wall", "done"):
        wanted = MARKS.get((name, what, latency, interfaces))
        if wanted:
            met = ratio(runs, boto3, what) <= wanted
            return f"{what} ≤ {wanted:.2f}: {'met' if met else 'MISSED'}"
    return "–"


def show(latency, interfaces, measured):
    """The medians, in brackets the lowest and the highest, and the ratios of medians."""
    print(f"\n{latency} ms a call, {interfaces} interfaces; {len(next(iter(measured.values())))} runs of each\n")
    print("| | wall, ms | × boto3 | done, ms | × boto3 | CPU, ms | peak RSS, MB | calls | mark |")
    print("|---|---|---|---|---|---|---|---|---|")
    boto3 = measured.get("boto3")
    for name, runs in measured.items():
        ratios = {what: f"{ratio(runs, boto3, what):.2f}" if boto3 else "–" for what in ("wall", "done")}
        cells = [spread(runs, "wall"), ratios["wall"], spread(runs, "done"), ratios["done"], spread(runs, "cpu")]
        cells += [spread(runs, "rss", 1), str(runs[0].calls), mark(name, runs, boto3, latency, interfaces) if boto3 else "–"]
        print(f"| {name} | {' | '.join(cells)} |")
