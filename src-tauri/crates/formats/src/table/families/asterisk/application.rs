//! The applications of a dial plan, by what they mean for a call.

/// What a channel was doing when its row was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::table::families) enum Application {
    Dial,
    Queue,
    Voicemail,
    /// Something is said or played, or digits are waited for.
    Menu,
    Conference,
    Park,
    /// Anything else, and nothing.
    Other,
}

/// Applications in any case (`BackGround`), the frequent ones first. `VoiceMailMain` is somebody listening to his
/// messages and so something else.
const APPLICATIONS: [(&[u8], Application); 29] = [
    (b"Dial", Application::Dial),
    (b"Queue", Application::Queue),
    (b"VoiceMail", Application::Voicemail),
    (b"BackGround", Application::Menu),
    (b"Playback", Application::Menu),
    (b"Read", Application::Menu),
    (b"WaitExten", Application::Menu),
    (b"ConfBridge", Application::Conference),
    (b"MeetMe", Application::Conference),
    (b"Park", Application::Park),
    (b"IVR", Application::Menu),
    (b"ControlPlayback", Application::Menu),
    (b"SpeechBackground", Application::Menu),
    (b"BackgroundDetect", Application::Menu),
    (b"SayDigits", Application::Menu),
    (b"SayNumber", Application::Menu),
    (b"SayUnixTime", Application::Menu),
    (b"SayAlpha", Application::Menu),
    (b"Festival", Application::Menu),
    (b"MusicOnHold", Application::Menu),
    (b"MP3Player", Application::Menu),
    (b"MinivmRecord", Application::Voicemail),
    (b"MinivmGreet", Application::Voicemail),
    (b"Konference", Application::Conference),
    (b"ParkAndAnnounce", Application::Park),
    (b"ParkedCall", Application::Park),
    (b"RetryDial", Application::Dial),
    (b"FollowMe", Application::Dial),
    (b"Page", Application::Conference),
];

pub(in crate::table::families) fn application(name: &[u8]) -> Application {
    let known = APPLICATIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    known.map_or(Application::Other, |(_, application)| *application)
}

/// Somebody of ours used the exchange and called nobody: his messages, his place in a queue, a test, listening in.
const SERVICES: [&[u8]; 18] = [
    b"VoiceMailMain",
    b"VMAuthenticate",
    b"MinivmAccMess",
    b"QueueLog",
    b"AddQueueMember",
    b"RemoveQueueMember",
    b"PauseQueueMember",
    b"UnpauseQueueMember",
    b"AgentLogin",
    b"AgentCallbackLogin",
    b"UserEvent",
    b"Echo",
    b"Milliwatt",
    b"ChanSpy",
    b"ExtenSpy",
    b"Dictate",
    b"Pickup",
    b"PickupChan",
];

pub(in crate::table::families) fn is_service(name: &[u8]) -> bool {
    SERVICES.iter().any(|known| known.eq_ignore_ascii_case(name))
}
