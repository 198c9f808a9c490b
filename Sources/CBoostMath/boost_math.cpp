#include "include/boost_math.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

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
    return guarded([=] { return math::ibeta_inv(a, b, p, Policy()); });
}

double boost_beta_mixture_cdf(const double *a, const double *b, const double *weight, size_t count,
                              double x, double y, double p) {
    return guarded([=] {
        double sum = 0;
        for (size_t k = 0; k < count; ++k) {
            sum += weight[k] * math::ibeta(a[k] + x, b[k] + y, p, DoubleOnly());
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

double boost_log_gamma(double x) {
    return guarded([=] { return math::lgamma(x, Policy()); });
}

double boost_digamma(double x) {
    return guarded([=] { return math::digamma(x, Policy()); });
}

double boost_binomial_cdf(double k, double n, double p) {
    return guarded([=] { return math::cdf(Binomial(n, p), k); });
}
