#include "include/linear_program.h"

#include <coin/Clp_C_Interface.h>
#include <dlfcn.h>

#include <limits>
#include <vector>

namespace {

// Clp brings LAPACK and the Fortran runtime: loading them takes longer than everything else that a command
// does to start, and one command in thirty needs them. So it is loaded when the first program is solved.
class Solver {
public:
    static const Solver *shared() {
        static const Solver solver;
        return solver.complete ? &solver : nullptr;
    }

    decltype(&Clp_newModel) newModel = nullptr;
    decltype(&Clp_deleteModel) deleteModel = nullptr;
    decltype(&Clp_loadProblem) loadProblem = nullptr;
    decltype(&Clp_setLogLevel) setLogLevel = nullptr;
    decltype(&Clp_setPrimalTolerance) setPrimalTolerance = nullptr;
    decltype(&Clp_chgObjCoefficients) setObjective = nullptr;
    decltype(&Clp_primal) primal = nullptr;
    decltype(&Clp_status) status = nullptr;
    decltype(&Clp_objectiveValue) objectiveValue = nullptr;
    decltype(&Clp_primalColumnSolution) solution = nullptr;
    decltype(&Clp_scaling) setScaling = nullptr;

private:
    bool complete = false;

    Solver() {
        // The name with the binary interface's version, as the run-time package has it.
        void *library = dlopen("libClp.so.1", RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr) return;
        complete = find(library, "Clp_newModel", newModel) && find(library, "Clp_deleteModel", deleteModel)
            && find(library, "Clp_loadProblem", loadProblem)
            && find(library, "Clp_setLogLevel", setLogLevel)
            && find(library, "Clp_setPrimalTolerance", setPrimalTolerance)
            && find(library, "Clp_chgObjCoefficients", setObjective)
            && find(library, "Clp_primal", primal) && find(library, "Clp_status", status)
            && find(library, "Clp_objectiveValue", objectiveValue)
            && find(library, "Clp_primalColumnSolution", solution)
            && find(library, "Clp_scaling", setScaling);
    }

    template <typename Function>
    static bool find(void *library, const char *name, Function &function) {
        function = reinterpret_cast<Function>(dlsym(library, name));
        return function != nullptr;
    }
};

// Clp's own words for how a program ended.
constexpr int optimal = 0;
constexpr int primalInfeasible = 1;
constexpr int unbounded = 2;

}  // namespace

int linear_program_ranges(double enough, int row_count, int column_count, const int *start, const int *row,
                          const double *value, const double *b, int target_count,
                          const int *target_start, const int *target, double *low, double *high) {
    const Solver *solver = Solver::shared();
    if (solver == nullptr) return LINEAR_PROGRAM_NO_SOLVER;
    // Swift cannot unwind a C++ exception, so none may leave this file.
    try {
        std::vector<CoinBigIndex> starts(start, start + column_count + 1);
        std::vector<double> zeros(column_count, 0.0);
        std::vector<double> tops(column_count, std::numeric_limits<double>::max());
        std::vector<double> objective(column_count, 0.0);
        Clp_Simplex *model = solver->newModel();
        solver->setLogLevel(model, 0);
        solver->setPrimalTolerance(model, 1e-9);
        solver->loadProblem(model, column_count, row_count, starts.data(), row, value, zeros.data(),
                            tops.data(), objective.data(), b, b);
        // Every coefficient is 1.
        solver->setScaling(model, 0);
        const double infinity = std::numeric_limits<double>::infinity();
        for (int k = 0; k < target_count; ++k) {
            low[k] = infinity;
            high[k] = -infinity;
        }
        int outcome = LINEAR_PROGRAM_SOLVED;
        for (int k = 0; k < target_count && outcome == LINEAR_PROGRAM_SOLVED; ++k) {
            for (const double sign : {-1.0, 1.0}) {
                if (high[k] - low[k] >= enough) break;
                for (int t = target_start[k]; t < target_start[k + 1]; ++t) objective[target[t]] = sign;
                solver->setObjective(model, objective.data());
                for (int t = target_start[k]; t < target_start[k + 1]; ++t) objective[target[t]] = 0;
                // Starts from where the last one ended.
                solver->primal(model, 0);
                const int status = solver->status(model);
                const bool isLow = sign > 0;
                if (status == optimal) {
                    (isLow ? low : high)[k] = sign * solver->objectiveValue(model);
                    if (enough < infinity) {
                        const double *x = solver->solution(model);
                        for (int other = k; other < target_count; ++other) {
                            double sum = 0;
                            for (int t = target_start[other]; t < target_start[other + 1]; ++t)
                                sum += x[target[t]];
                            if (sum < low[other]) low[other] = sum;
                            if (sum > high[other]) high[other] = sum;
                        }
                    }
                } else if (status == unbounded && !isLow) {
                    high[k] = infinity;
                } else {
                    outcome = status == primalInfeasible ? LINEAR_PROGRAM_INFEASIBLE : LINEAR_PROGRAM_FAILED;
                    break;
                }
            }
        }
        solver->deleteModel(model);
        return outcome;
    } catch (...) {
        return LINEAR_PROGRAM_FAILED;
    }
}
