#ifndef GOUTONG_LINEAR_PROGRAM_H
#define GOUTONG_LINEAR_PROGRAM_H

// How far single variables of a linear system can range, by COIN-OR's Clp.

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

// For each target the least and the greatest value of that variable over every x >= 0 with A x = b.
// A is given by columns: those of column c lie at start[c] up to start[c + 1] of `row` and `value`.
// An unbounded maximum is infinite. `low` and `high` hold `target_count` elements.
int linear_program_ranges(int row_count, int column_count, const int *start, const int *row,
                          const double *value, const double *b, int target_count, const int *target,
                          double *low, double *high);

#ifdef __cplusplus
}
#endif

#endif
