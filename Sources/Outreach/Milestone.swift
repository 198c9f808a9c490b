/// A dated step of a firm towards a union, or away from it. Dated facts, not a strict chain.
public enum MilestoneKind: String, CaseIterable, Sendable {
    case visited, intent
    case preparatoryGroup = "preparatory_group"
    case application
    case preparationApproved = "preparation_approved"
    case candidatesApproved = "candidates_approved"
    case elected, established, registered
    case joinedJointUnion = "joined_joint_union"
    case coveredByParent = "covered_by_parent"
    case declined, lapsed, closed
    case movedOut = "moved_out"
}

public enum UnionForm: String, CaseIterable, Sendable { case single, joint }

/// A milestone to be added to a firm.
public struct Milestone: Hashable, Sendable {
    public var id: MilestoneID
    public var kind: MilestoneKind
    public var on: Day
    /// The meeting at which it happened, if any.
    public var meeting: MeetingID?
    /// 批复文号, the reference of the written approval.
    public var reference: String?
    public var unionName: String?
    public var form: UnionForm?
    public var members: Int?
    public var intentForm: IntentForm?

    public init(id: MilestoneID, kind: MilestoneKind, on: Day) {
        self.id = id
        self.kind = kind
        self.on = on
    }
}
