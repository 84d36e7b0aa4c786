namespace ChwFhir.Intake;

public enum VisitKind { Home, Phone, Video, Message, Clinic, Hospital, Community, Bereavement }
