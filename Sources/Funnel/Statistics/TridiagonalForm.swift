internal import Foundation

/// A symmetric matrix on its way to its eigenvalues: Householder's reduction to three diagonals, then implicit QL
/// (EISPACK's tred2 and tql2; Golub & Van Loan §8.3). Some ten times the size's cube, where Jacobi's rotations take
/// hundreds.
struct TridiagonalForm {
    private var diagonal: [Double]
    private var beside: [Double]
    /// The columns of the orthogonal matrix.
    private var vectors: [[Double]]
    private var size: Int { diagonal.count }

    /// Of one row and more.
    init(_ matrix: SymmetricMatrix) {
        let size = matrix.size
        vectors = (0..<size).map { column in (0..<size).map { matrix[$0, column] } }
        diagonal = (0..<size).map { matrix[size - 1, $0] }
        beside = Array(repeating: 0, count: size)
        for step in stride(from: size - 1, to: 0, by: -1) { reflect(step) }
        for step in 0..<(size - 1) { accumulate(step) }
        for column in 0..<size {
            diagonal[column] = vectors[column][size - 1]
            vectors[column][size - 1] = column == size - 1 ? 1 : 0
        }
    }

    /// Takes one row out of the others by a reflection.
    private mutating func reflect(_ step: Int) {
        let scale = diagonal[..<step].reduce(0) { $0 + abs($1) }
        var length = 0.0
        if scale == 0 {
            beside[step] = diagonal[step - 1]
            for column in 0..<step {
                diagonal[column] = vectors[column][step - 1]
                vectors[column][step] = 0
                vectors[step][column] = 0
            }
        } else {
            for k in 0..<step {
                diagonal[k] /= scale
                length += diagonal[k] * diagonal[k]
                beside[k] = 0
            }
            let last = diagonal[step - 1]
            let root = last > 0 ? -length.squareRoot() : length.squareRoot()
            beside[step] = scale * root
            length -= last * root
            diagonal[step - 1] = last - root
            for column in 0..<step {
                let factor = diagonal[column]
                vectors[step][column] = factor
                var sum = beside[column] + vectors[column][column] * factor
                for k in (column + 1)..<max(step, column + 1) {
                    sum += vectors[column][k] * diagonal[k]
                    beside[k] += vectors[column][k] * factor
                }
                beside[column] = sum
            }
            var product = 0.0
            for k in 0..<step {
                beside[k] /= length
                product += beside[k] * diagonal[k]
            }
            let half = product / (length + length)
            for k in 0..<step { beside[k] -= half * diagonal[k] }
            for column in 0..<step {
                let (one, other) = (diagonal[column], beside[column])
                for k in column..<step { vectors[column][k] -= one * beside[k] + other * diagonal[k] }
                diagonal[column] = vectors[column][step - 1]
                vectors[column][step] = 0
            }
        }
        diagonal[step] = length
    }

    /// Multiplies the reflections so far.
    private mutating func accumulate(_ step: Int) {
        vectors[step][size - 1] = vectors[step][step]
        vectors[step][step] = 1
        let length = diagonal[step + 1]
        if length != 0 {
            let direction = vectors[step + 1]
            for k in 0...step { diagonal[k] = direction[k] / length }
            for column in 0...step {
                var sum = 0.0
                for k in 0...step { sum += direction[k] * vectors[column][k] }
                for k in 0...step { vectors[column][k] -= sum * diagonal[k] }
            }
        }
        for k in 0...step { vectors[step + 1][k] = 0 }
    }

    var diagonalised: (values: [Double], vectors: [[Double]]) {
        var form = self
        form.diagonalise()
        return (form.diagonal, form.vectors)
    }

    private mutating func diagonalise() {
        beside.removeFirst()
        beside.append(0)
        var (shift, largest) = (0.0, 0.0)
        for low in 0..<size {
            largest = max(largest, abs(diagonal[low]) + abs(beside[low]))
            // The last element beside the diagonal is 0.
            guard let high = (low..<size).first(where: { abs(beside[$0]) <= .ulpOfOne * largest }), high > low
            else {
                diagonal[low] += shift
                beside[low] = 0
                continue
            }
            repeat { shift += step(low, high) } while abs(beside[low]) > .ulpOfOne * largest
            diagonal[low] += shift
            beside[low] = 0
        }
    }

    /// One implicit QL step between two rows; returns what it moved the diagonal by.
    private mutating func step(_ low: Int, _ high: Int) -> Double {
        let first = diagonal[low]
        let slope = (diagonal[low + 1] - first) / (2 * beside[low])
        let reach = slope < 0 ? slope - hypot(slope, 1) : slope + hypot(slope, 1)
        diagonal[low] = beside[low] / reach
        diagonal[low + 1] = beside[low] * reach
        let next = diagonal[low + 1]
        let moved = first - diagonal[low]
        for k in (low + 2)..<max(size, low + 2) { diagonal[k] -= moved }
        var pivot = diagonal[high]
        var (c, c2, c3, s, s2) = (1.0, 1.0, 1.0, 0.0, 0.0)
        let second = beside[low + 1]
        for row in stride(from: high - 1, through: low, by: -1) {
            (c3, c2, s2) = (c2, c, s)
            let g = c * beside[row]
            let h = c * pivot
            let r = hypot(pivot, beside[row])
            beside[row + 1] = s * r
            s = beside[row] / r
            c = pivot / r
            pivot = c * diagonal[row] - s * g
            diagonal[row + 1] = h + s * (c * g + s * diagonal[row])
            for k in 0..<size {
                let (one, other) = (vectors[row][k], vectors[row + 1][k])
                vectors[row + 1][k] = s * one + c * other
                vectors[row][k] = c * one - s * other
            }
        }
        pivot = -s * s2 * c3 * second * beside[low] / next
        beside[low] = s * pivot
        diagonal[low] = c * pivot
        return moved
    }
}
