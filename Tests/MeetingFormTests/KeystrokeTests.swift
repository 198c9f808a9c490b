import MeetingForm
import Outreach
import Testing

@Suite struct KeystrokeTests {
    /// On paper a firm is a name, a number and a tick or two. Beyond what is written there, a firm may cost
    /// six keys: Enter for name, status, head count, attitude, intent and next step.
    @Test("八家企业的按键数")
    func eightFirms() async throws {
        let opening = ["企业", "9-12", "望京", "园区", "", "", ""]
        var firms: [String] = []
        for number in 1...8 {
            firms += ["第\(number)公司", "", "\(number * 10)", number.isMultiple(of: 2) ? "支持" : "", "", ""]
        }
        let document = try await FormRun().document(answers(opening + firms + ["", "", "", "", "y"]))
        #expect(document.firms.count == 8)

        let written = firms.filter { !$0.isEmpty }.count
        let enters = firms.count
        print("eight firms: \(enters) Enter keys for \(written) things written, \(Double(enters) / 8) a firm")
        #expect(enters <= 6 * 8)
    }
}
