#include "include/boost_math.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace math = boost::math;

namespace {

// A quantile at 0 or 1 is infinite; everything else outside a domain throws.
using Policy = math::policies::policy<
    math::policies::overflow_error<math::policies::ignore_error>>;
using DoubleOnly = math::policies::policy<
    math::policies::overflow_error<math::policies::ignore_error>,
    math::policies::promote_double<false>>;
using Normal = math::normal_distribution<double, Policy>;
using StudentsT = math::students_t_distribution<double, Policy>;
using FisherF = math::fisher_f_distribution<double, Policy>;
using ChiSquared = math::chi_squared_distribution<double, Policy>;
using Binomial = math::binomial_distribution<double, Policy>;

// Swift cannot unwind a C++ exception, so none may leave this file.
template <typename Evaluation>
double guarded(Evaluation evaluation) noexcept {
    try {
        return evaluation();
    } catch (...) {
        return std::numeric_limits<double>::quiet_NaN();
    }
}

// The x at most 1/2 with I_x(a, b) = p, where 1 - p is q. Newton's steps on log x within a bracket: Boost's own
// ibeta_inv fails where x is tiny (a = 2, p = 1e-300) and has nine digits elsewhere (a = b = 0.3, p = 0.5).
double lower_beta_quantile(double a, double b, double p, double q) {
    double low = std::log(std::numeric_limits<double>::denorm_min());
    double high = std::log(0.5);
    // Below the smallest double there is nothing to tell apart.
    if (math::ibeta(a, b, std::exp(low), Policy()) >= p) return 0;
    // Near 0 I is x^a / (a B(a, b)).
    const double log_beta = math::lgamma(a, Policy()) + math::lgamma(b, Policy()) - math::lgamma(a + b, Policy());
    double at = std::clamp((std::log(p) + std::log(a) + log_beta) / a, low, high);
    for (int step = 0; step < 200; ++step) {
        const double x = std::exp(at);
        const double share = math::ibeta(a, b, x, Policy());
        const double rest = math::ibetac(a, b, x, Policy());
        // Of the two tails the smaller one, on its logarithm: both are smooth in log x.
        const double gap = p < q ? std::log(share / p) : std::log(q / rest);
        (gap < 0 ? low : high) = at;
        const double slope = math::ibeta_derivative(a, b, x, Policy()) * x / (p < q ? share : rest);
        double next = at - gap / slope;
        if (std::abs(next - at) <= 1e-15 * std::abs(at)) return std::exp(next);
        if (!(next > low && next < high)) next = (low + high) / 2;
        if (next == low || next == high) break;
        at = next;
    }
    return std::exp(at);
}

// The x with I_x(a, b) = p, where 1 - p is q: from the end that is nearer, so that neither rounds away.
double beta_quantile(double a, double b, double p, double q) {
    if (!(a > 0 && b > 0 && p >= 0 && q >= 0)) return std::numeric_limits<double>::quiet_NaN();
    if (p == 0) return 0;
    if (q == 0) return 1;
    return math::ibeta(a, b, 0.5, Policy()) >= p ? lower_beta_quantile(a, b, p, q)
                                                 : 1 - lower_beta_quantile(b, a, q, p);
}

}  // namespace

double boost_normal_cdf(double x) {
    return guarded([=] { return math::cdf(Normal(), x); });
}

double boost_normal_quantile(double p) {
    return guarded([=] { return math::quantile(Normal(), p); });
}

double boost_beta_cdf(double a, double b, double x) {
    return guarded([=] { return math::ibeta(a, b, x, Policy()); });
}

double boost_beta_quantile(double a, double b, double p) {
    return guarded([=] { return beta_quantile(a, b, p, 1 - p); });
}

double boost_beta_upper_quantile(double a, double b, double tail) {
    return guarded([=] { return beta_quantile(a, b, 1 - tail, tail); });
}

double boost_beta_mixture_cdf(const double *a, const double *b, const double *weight, size_t count,
                              double p) {
    return guarded([=] {
        double sum = 0;
        for (size_t k = 0; k < count; ++k) {
            sum += weight[k] * math::ibeta(a[k], b[k], p, DoubleOnly());
        }
        return sum;
    });
}

double boost_beta_mixture_tail(const double *a, const double *b, const double *weight, size_t count,
                               double p) {
    return guarded([=] {
        double sum = 0;
        for (size_t k = 0; k < count; ++k) {
            sum += weight[k] * math::ibetac(a[k], b[k], p, DoubleOnly());
        }
        return sum;
    });
}

double boost_t_quantile(double p, double df) {
    return guarded([=] { return math::quantile(StudentsT(df), p); });
}

double boost_t_two_sided_tail(double t, double df) {
    return guarded([=] {
        const double distance = t < 0 ? -t : t;
        return 2 * math::cdf(math::complement(StudentsT(df), distance));
    });
}

double boost_f_upper_tail(double f, double df1, double df2) {
    return guarded([=] { return math::cdf(math::complement(FisherF(df1, df2), f)); });
}

double boost_chi_squared_upper_tail(double x, double df) {
    return guarded([=] { return math::cdf(math::complement(ChiSquared(df), x)); });
}

double boost_chi_squared_quantile(double p, double df) {
    return guarded([=] { return math::quantile(ChiSquared(df), p); });
}

double boost_log_gamma(double x) {
    return guarded([=] { return math::lgamma(x, Policy()); });
}

double boost_digamma(double x) {
    return guarded([=] { return math::digamma(x, Policy()); });
}

double boost_binomial_cdf(double k, double n, double p) {
    return guarded([=] { return math::cdf(Binomial(n, p), k); });
}
