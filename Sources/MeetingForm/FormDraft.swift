import Foundation
import Outreach

/// The form's state as bytes. They hold personal data; whoever stores them seals them.
enum FormDraft {
    static func encode(_ state: FormState) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return Array(try encoder.encode(state))
    }

    /// nil for bytes of another version or another kind: such a draft is not guessed at.
    static func decode(_ bytes: [UInt8]) -> FormState? {
        let state = try? JSONDecoder().decode(FormState.self, from: Data(bytes))
        return state?.version == FormState.currentVersion ? state : nil
    }
}

extension FormState {
    /// What the person needs to recognise a draft.
    func outline(in language: FormLanguage) -> [String] {
        let fields: [Field] = [.kind, .heldOn, .area, .venueName]
        let meeting = fields.compactMap { shown(sheet[$0], at: .meeting($0), in: language) }
        return [
            meeting.joined(separator: " · "),
            language(FormText.draftSummary(firms: firms.count, applicants: applicants.count)),
        ].filter { !$0.isEmpty }
    }
}
