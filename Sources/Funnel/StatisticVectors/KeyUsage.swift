/// Which keys stand under `in` in the cases of a file, and which of them a statistic reads.
final class KeyUsage {
    /// Names, with those of the objects that they stand in before them; of a list's elements without their place.
    var given: Set<String> = []
    var used: Set<String> = []

    /// Read in no case, in the order of their names.
    var unused: [String] { given.subtracting(used).sorted() }
}
