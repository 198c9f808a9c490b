"""The statistics of 40,000 townships by numpy and scipy, for comparison with ours.

    python statistics_peer.py FILE draw TOWNSHIPS     writes FILE: a line `x n arm` for each township
    python statistics_peer.py FILE WORK RUNS          full-bayes, cr2 or bootstrap: the median ms, what came out

Each is computed as well as these libraries can without compiling anything: whole arrays at a time, equal townships
once.
"""
import statistics
import sys
import time

import numpy as np
from scipy import optimize, special


def draw(path, townships):
    """Townships of 25 firms on average, true rates around 0.15 with an intraclass correlation of 0.05."""
    random = np.random.default_rng(2018)
    n = 1 + random.poisson(24, townships)
    x = random.binomial(n, random.beta(0.15 * 19, 0.85 * 19, townships))
    np.savetxt(path, np.column_stack([x, n, np.arange(townships) % 3 == 0]), fmt="%d")


def full_bayes(x, n):
    """The posterior on the grid of logit mu and logit rho, intervals by secants from the beta distribution of equal
    mean and variance."""
    pairs, which, count = np.unique(np.column_stack([x, n]), axis=0, return_inverse=True, return_counts=True)
    x, n = pairs[:, 0], pairs[:, 1]
    # Rising factorials by their logs: cumulative sums over the longest township, for a whole grid at once.
    longest = n.max()
    successes, failures, all_of = (np.zeros(longest + 1) for _ in range(3))
    for value, times in zip(x, count):
        successes[:value] += times
    for value, times in zip(n - x, count):
        failures[:value] += times
    for value, times in zip(n, count):
        all_of[:value] += times
    steps = np.arange(longest + 1)

    def surface(us, vs):
        mu = special.expit(us)[None, :]
        rho = special.expit(vs)[:, None]
        size = special.expit(-vs)[:, None] / rho
        alpha, beta = mu * size, special.expit(-us)[None, :] * size
        height = np.log(mu) + np.log1p(-mu) + np.log(rho) + np.log1p(-rho)
        for step in steps:
            height = (height + successes[step] * np.log(alpha + step) + failures[step] * np.log(beta + step)
                      - all_of[step] * np.log(size + step))
        return height - height.max(), alpha, beta, mu, rho

    u, v = (-16.0, 16.0), (-16.0, 16.0)
    for _ in range(8):
        us, vs = np.linspace(*u, 61), np.linspace(*v, 61)
        height = surface(us, vs)[0]
        rows, columns = np.nonzero(height > -36)
        du, dv = us[1] - us[0], vs[1] - vs[0]
        new_u = max(us[columns.min()] - du, u[0]), min(us[columns.max()] + du, u[1])
        new_v = max(vs[rows.min()] - dv, v[0]), min(vs[rows.max()] + dv, v[1])
        settled = (new_u[1] - new_u[0] > 0.8 * (u[1] - u[0])) and (new_v[1] - new_v[0] > 0.8 * (v[1] - v[0]))
        u, v = new_u, new_v
        if settled:
            break
    height, alpha, beta, mu, rho = surface(np.linspace(*u, 121), np.linspace(*v, 121))
    weight = np.exp(height)
    keep = weight > 1e-9
    weight = weight / weight[keep].sum()
    w, a, b = weight[keep], alpha[keep], beta[keep]
    mean_mu = (weight * np.broadcast_to(mu, weight.shape))[keep].sum()
    mean_rho = (weight * np.broadcast_to(rho, weight.shape))[keep].sum()
    ends = np.empty((len(x), 2))
    for row, (successes_here, size_here) in enumerate(zip(x, n)):
        a_here, b_here = a + successes_here, b + (size_here - successes_here)
        mean = a_here / (a_here + b_here)
        centre = w @ mean
        spread = w @ (mean * (1 - mean) / (a_here + b_here + 1)) + w @ (mean - centre) ** 2
        size = centre * (1 - centre) / spread - 1
        for column, p in enumerate((0.025, 0.975)):
            start = special.betaincinv(centre * size, (1 - centre) * size, p)
            ends[row, column] = optimize.newton(
                lambda rate: w @ special.betainc(a_here, b_here, rate) - p, start, x1=start * 1.01, tol=1e-8)
    return mean_mu, mean_rho, ends[which.ravel()]


def full_bayes_widths(x, n, arm):
    mu, rho, ends = full_bayes(x, n)
    return mu, rho, (ends[:, 1] - ends[:, 0]).mean()


def arms(x, n, arm):
    return [(x[arm == side], n[arm == side]) for side in (1, 0)]


def cr2(x, n, arm):
    variance, first, second, rates = 0.0, 0.0, 0.0, []
    for xs, ns in arms(x, n, arm):
        total = ns.sum()
        rate = xs.sum() / total
        rates.append(rate)
        left = 1 - ns / total
        variance += (((xs - ns * rate) ** 2 / left).sum()) / total ** 2
        # tr P and tr P^2 of P_gh = (n_g [g=h] - n_g n_h / N) / (N^2 sqrt(left_g left_h)), without the matrix.
        diagonal = ns / left / total ** 2
        share = ns ** 2 / left / total ** 3
        first += (diagonal - share).sum()
        second += (diagonal ** 2).sum() - 2 * (diagonal * share).sum() + share.sum() ** 2
    return rates[0] - rates[1], variance ** 0.5, first ** 2 / second


def bootstrap(x, n, arm):
    random = np.random.default_rng(2018)
    replicates = np.zeros(1999)
    for (xs, ns), sign in zip(arms(x, n, arm), (1, -1)):
        for turn in range(1999):
            drawn = random.integers(0, len(xs), len(xs))
            replicates[turn] += sign * xs[drawn].sum() / ns[drawn].sum()
    return (replicates.std(ddof=1),)


WORKS = {"full-bayes": full_bayes_widths, "cr2": cr2, "bootstrap": bootstrap}


def main(path, work, number):
    if work == "draw":
        return draw(path, int(number))
    data = np.loadtxt(path, dtype=np.int64).T
    # Once to warm up, where it does not take minutes.
    taken = []
    for turn in range(int(number) + (work != "full-bayes")):
        start = time.perf_counter()
        out = WORKS[work](*data)
        taken.append((time.perf_counter() - start) * 1000)
    print(statistics.median(taken[-int(number):]), *out)


if __name__ == "__main__":
    main(*sys.argv[1:])
