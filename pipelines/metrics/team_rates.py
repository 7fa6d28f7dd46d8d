"""Rates of groups that borrow strength from each other: the hierarchical beta-binomial model."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import betainc, betaincinv, betaln

Numbers = np.ndarray[Any, np.dtype[np.float64]]

LOGIT_MEAN = (-6.0, 6.0)
LOG_SIZE = (-1.0, float(np.log(10_000)))
COARSE = (121, 103)
FINE = (28, 28)
# e^−20 of the peak: what lies below adds nothing to the third decimal.
NEGLIGIBLE = 20.0
# A quantile is found when the probability below it is met to 5 decimals, three steps on from its start as a rule.
CLOSE, MOST_STEPS = 1e-5, 60
NEAREST_END, FLAT = 1e-9, 1e-300
BELOW_ONE = np.nextafter(1.0, 0.0)


@dataclass(frozen=True)
class Posterior:
    """The posterior of the hyperparameters on a grid: pairs (a, b) with weights that sum to 1."""

    a: Numbers
    b: Numbers
    weight: Numbers

    def mean(self, hits: Numbers, trials: Numbers) -> Numbers:
        """The posterior mean of the rate of groups with so many hits in so many trials."""
        rates = (self.a + hits[:, None]) / (self.a + self.b + trials[:, None])
        return np.asarray(rates @ self.weight)

    def below(self, hits: Numbers, trials: Numbers, rate: Numbers) -> Numbers:
        """The posterior probability that each group's rate is at most the given one."""
        a = self.a + hits[:, None]
        b = self.b + (trials - hits)[:, None]
        return np.asarray(betainc(a, b, np.clip(rate, 0, 1)[:, None]) @ self.weight)

    def density(self, hits: Numbers, trials: Numbers, rate: Numbers) -> Numbers:
        """The posterior density of each group's rate at the given one, which lies between 0 and 1."""
        a = self.a + hits[:, None]
        b = self.b + (trials - hits)[:, None]
        at = rate[:, None]
        return np.asarray(np.exp((a - 1) * np.log(at) + (b - 1) * np.log1p(-at) - betaln(a, b)) @ self.weight)

    def quantile(self, hits: Numbers, trials: Numbers, probability: float) -> Numbers:
        """The rate below which each group's lies with the probability, by Newton's method within a bracket."""
        low, high = np.zeros(len(hits)), np.ones(len(hits))
        rate = self._alike(hits, trials, probability)
        for _ in range(MOST_STEPS):
            beyond = self.below(hits, trials, rate) - probability
            if np.abs(beyond).max(initial=0) < CLOSE:
                break
            low, high = np.where(beyond < 0, rate, low), np.where(beyond < 0, high, rate)
            # Far out in a tail there is no slope to follow; the step then leaves the bracket, which is halved instead.
            step = rate - beyond / np.maximum(self.density(hits, trials, rate), FLAT)
            inside = np.where((low < step) & (step < high), step, (low + high) / 2)
            # Halving can end at 1 itself, where there is no density: there are no numbers as close to it as to 0.
            rate = np.minimum(inside, BELOW_ONE)
        return rate

    def _alike(self, hits: Numbers, trials: Numbers, probability: float) -> Numbers:
        """The quantile of the beta distribution with each group's posterior mean and variance: where to start."""
        rates = (self.a + hits[:, None]) / (self.a + self.b + trials[:, None])
        mean = rates @ self.weight
        square = (rates * (1 - rates) / (self.a + self.b + trials[:, None] + 1) + rates**2) @ self.weight
        size = mean * (1 - mean) / (square - mean**2) - 1
        return np.clip(betaincinv(mean * size, (1 - mean) * size, probability), NEAREST_END, 1 - NEAREST_END)


def posterior(hits: Numbers, trials: Numbers) -> Posterior:
    """The hyperparameters' posterior given every group's hits and trials.

    Hyperprior p(a, b) ∝ (a + b)^(−5/2) over logit(a / (a + b)) from −6 to 6 and log(a + b) from −1 to log 10,000.
    A coarse grid finds where the mass lies, a fine one there integrates it. Source: Gelman et al., Bayesian Data
    Analysis, 3rd ed., section 5.3.
    """
    pairs, times = np.unique(np.column_stack([hits, trials]), axis=0, return_counts=True)
    logits, sizes = np.linspace(*LOGIT_MEAN, COARSE[0]), np.linspace(*LOG_SIZE, COARSE[1])
    density = _log_density(logits, sizes, pairs, times)
    kept = density > density.max() - NEGLIGIBLE
    logits = _around(logits, kept.any(axis=1), FINE[0])
    sizes = _around(sizes, kept.any(axis=0), FINE[1])
    density = _log_density(logits, sizes, pairs, times)
    weight = np.exp(density - density.max()) * np.outer(_edges(len(logits)), _edges(len(sizes)))
    return _trimmed(*_shapes(logits, sizes), weight)


def _log_density(logits: Numbers, sizes: Numbers, pairs: Numbers, times: Any) -> Numbers:
    """The log posterior over the grid; a · b is the Jacobian of (logit of the mean, log of the size)."""
    a, b = _shapes(logits, sizes)
    density = np.log(a) + np.log(b) - 2.5 * np.log(a + b)
    base = betaln(a, b)
    for (hit, trial), number in zip(pairs, times, strict=True):
        density += number * (betaln(a + hit, b + trial - hit) - base)
    return density


def _shapes(logits: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    mean, size = 1 / (1 + np.exp(-logits[:, None])), np.exp(sizes[None, :])
    return mean * size, (1 - mean) * size


def _around(axis: Numbers, kept: Numbers, number: int) -> Numbers:
    """A finer axis over the kept stretch and one step beyond."""
    places = np.flatnonzero(kept)
    low, high = max(places[0] - 1, 0), min(places[-1] + 1, len(axis) - 1)
    return np.linspace(axis[low], axis[high], number)


def _edges(number: int) -> Numbers:
    """The trapezoid rule's weights."""
    weights = np.ones(number)
    weights[[0, -1]] = 0.5
    return weights


def _trimmed(a: Numbers, b: Numbers, weight: Numbers) -> Posterior:
    kept = weight > weight.max() * 1e-7
    return Posterior(a[kept], b[kept], weight[kept] / weight[kept].sum())
