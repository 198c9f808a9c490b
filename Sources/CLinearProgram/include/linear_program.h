#ifndef GOUTONG_LINEAR_PROGRAM_H
#define GOUTONG_LINEAR_PROGRAM_H

// How far sums of variables of a linear system can range, by COIN-OR's Clp.

#ifdef __cplusplus
extern "C" {
#endif

enum linear_program_outcome {
    LINEAR_PROGRAM_SOLVED = 0,
    // Clp's shared library is not on this machine.
    LINEAR_PROGRAM_NO_SOLVER = 1,
    // No variables meet the equations.
    LINEAR_PROGRAM_INFEASIBLE = 2,
    LINEAR_PROGRAM_FAILED = 3
};

// For each target, a sum of variables, its least and greatest value over every x >= 0 with A x = b.
// A is given by columns: those of column c lie at start[c] up to start[c + 1] of `row` and `value`; the
// variables of target k likewise at target_start[k] up to target_start[k + 1] of `target`.
// An unbounded maximum is infinite. `low` and `high` hold `target_count` elements.
// A target that solutions met on the way place at values at least `enough` apart is not looked at further: its
// `low` and `high` are then between the least and the greatest. Infinite: each is exact.
int linear_program_ranges(double enough, int row_count, int column_count, const int *start, const int *row,
                          const double *value, const double *b, int target_count,
                          const int *target_start, const int *target, double *low, double *high);

#ifdef __cplusplus
}
#endif

#endif
