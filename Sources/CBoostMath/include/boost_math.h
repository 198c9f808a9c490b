#ifndef GOUTONG_BOOST_MATH_H
#define GOUTONG_BOOST_MATH_H

// The special functions that every interval rests on, from Boost.Math. Each returns NaN where the
// argument lies outside the function's domain or the evaluation fails; none throws.

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

double boost_normal_cdf(double x);
double boost_normal_quantile(double p);

// Regularised incomplete beta function I_x(a, b), and the x at which it equals p.
double boost_beta_cdf(double a, double b, double x);
double boost_beta_quantile(double a, double b, double p);
// The x at which 1 - I_x(a, b) equals `tail`, which 1 - p would round.
double boost_beta_upper_quantile(double a, double b, double tail);

// The sum of weight[k] * I_p(a[k], b[k]) over `count` elements: the distribution function of a mixture.
// For speed each term is computed in double precision throughout, to about 1e-13.
double boost_beta_mixture_cdf(const double *a, const double *b, const double *weight, size_t count,
                              double p);
// The same of 1 - I_p(a[k], b[k]), whose small values 1 - the sum would round.
double boost_beta_mixture_tail(const double *a, const double *b, const double *weight, size_t count,
                               double p);

// Student's t with any positive degrees of freedom, whole or not.
double boost_t_quantile(double p, double df);
double boost_t_two_sided_tail(double t, double df);

double boost_f_upper_tail(double f, double df1, double df2);
double boost_chi_squared_upper_tail(double x, double df);
double boost_chi_squared_quantile(double p, double df);

double boost_log_gamma(double x);
double boost_digamma(double x);

// P(R <= k) of n trials with probability p.
double boost_binomial_cdf(double k, double n, double p);

#ifdef __cplusplus
}
#endif

#endif
