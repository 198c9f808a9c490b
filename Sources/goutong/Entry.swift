import ArgumentParser
import GoutongCLI

@main
struct Entry {
    static func main() async { await Goutong.main() }
}
