//! What may go wrong with a call, and how the recording of it then reads.

use tieout::inventory::Reason::{
    self, Broken, Denied, DeniedByScp, Malformed, NotAsked, NotSubscribed, RegionDisabled,
    Throttled,
};
use tieout::inventory::attempt::{Attempt, Failure};

use super::account::call;
use super::wire::{self, Protocol};
use super::{cut, page};

/// A fault, in one of its forms.
pub(crate) struct Variant {
    /// The line of the table that counts it.
    pub(crate) fault: &'static str,
    /// Which form, where it has several.
    pub(crate) form: &'static str,
    /// What a gap may say of it. That it says so proves that the fault was read as what it is.
    pub(crate) reasons: &'static [Reason],
    /// Whether every resource stays listed: what came before the fault was read.
    pub(crate) keeps_all: bool,
    /// Whether the call is answered all the same, so that whoever does not read what is wrong need not notice.
    pub(crate) quiet: bool,
    /// Whether it is tried in single calls too.
    pub(crate) in_one: bool,
    /// The attempts in place of a recorded one; none where this cannot happen to it.
    pub(crate) alter: fn(&Attempt) -> Option<Vec<Attempt>>,
}

const fn variant(
    fault: &'static str,
    form: &'static str,
    reasons: &'static [Reason],
    alter: fn(&Attempt) -> Option<Vec<Attempt>>,
) -> Variant {
    Variant {
        fault,
        form,
        reasons,
        keeps_all: false,
        quiet: false,
        in_one: false,
        alter,
    }
}

impl Variant {
    const fn in_one(mut self) -> Self {
        self.in_one = true;
        self
    }

    const fn quiet(mut self) -> Self {
        self.quiet = true;
        self
    }

    const fn keeps_all(mut self) -> Self {
        self.keeps_all = true;
        self
    }
}

pub(crate) const DENIED: Variant = variant("AccessDenied", "", &[Denied], |attempt| {
    let why = "because no identity-based policy allows the action";
    Some(vec![denied(attempt, why)])
})
.in_one();

pub(crate) const RESET: Variant = variant("connection reset", "", &[Broken], |attempt| {
    let why = "connection error: Connection reset by peer (os error 104)";
    Some(vec![Attempt {
        answer: None,
        failure: Some(Failure::Connection(why.to_owned())),
        ..attempt.clone()
    }])
});

/// As where a region does not offer the service; no recorded answer says so, so the region may offer it all the same.
const NO_HOST: Variant = variant("no such host", "", &[Broken], |attempt| {
    let why = "no host of that name: dispatch failure: dns error: Name or service not known";
    Some(vec![Attempt {
        answer: None,
        failure: Some(Failure::Connection(why.to_owned())),
        ..attempt.clone()
    }])
});

/// Of a service, or of a region: the code is the same.
pub(crate) const OPT_IN_REQUIRED: Variant = variant(
    "OptInRequired",
    "",
    &[RegionDisabled, NotSubscribed],
    |attempt| {
        let message = "You are not subscribed to this service. Please go to http://aws.amazon.com to subscribe.";
        Some(vec![wire::error(attempt, 403, "OptInRequired", message)])
    },
);

/// The credential report is asked for until it is there, and so may never be.
pub(crate) const LOST: Variant = variant("cut off", "", &[NotAsked, Broken], |_| Some(Vec::new()));

pub(crate) const VARIANTS: &[Variant] = &[
    DENIED,
    variant("SCP deny", "", &[DeniedByScp], |attempt| {
        let why = "with an explicit deny in a service control policy: \
            arn:aws:organizations::111122223333:policy/o-acme/service_control_policy/p-1";
        Some(vec![denied(attempt, why)])
    }),
    variant("throttled to exhaustion", "", &[Throttled], |attempt| {
        let throttled = throttled(attempt);
        let nth = |n| Attempt {
            attempt: n,
            ..throttled.clone()
        };
        Some((1..=6).map(nth).collect())
    }),
    variant("500", "of the service", &[Broken], |attempt| {
        let code = match Protocol::of(attempt) {
            Protocol::Ec2 | Protocol::S3 | Protocol::S3Control => "InternalError",
            Protocol::Query | Protocol::Json | Protocol::RestJson | Protocol::Cbor => {
                "InternalFailure"
            }
        };
        let message = "We encountered an internal error. Please try again.";
        Some(vec![wire::error(attempt, 500, code, message)])
    }),
    variant("500", "of something in between", &[Broken], |attempt| {
        Some(vec![html(
            attempt,
            500,
            "<html><body><h1>502 Bad Gateway</h1></body></html>",
        )])
    }),
    RESET,
    NO_HOST,
    variant(
        "truncated body",
        "to nothing",
        &[Malformed, Broken],
        |attempt| cut(attempt, cut::to_nothing),
    ),
    variant("truncated body", "in the middle", &[Malformed], |attempt| {
        cut(attempt, cut::in_the_middle)
    }),
    variant("truncated body", "by a byte", &[Malformed], |attempt| {
        cut(attempt, cut::by_a_byte)
    }),
    variant(
        "truncated body",
        "after its first element",
        &[Malformed],
        |attempt| cut(attempt, cut::after_first_element),
    ),
    variant(
        "truncated body",
        "between two elements",
        &[Malformed],
        |attempt| cut(attempt, cut::between_elements),
    )
    .in_one(),
    variant(
        "truncated body",
        "before its last end",
        &[Malformed],
        |attempt| cut(attempt, cut::before_last_end),
    ),
    variant(
        "malformed body",
        "of a page to sign in",
        &[Malformed],
        |attempt| {
            Some(vec![html(
                attempt,
                200,
                "<html><body>Sign in to the network</body></html>",
            )])
        },
    ),
    variant(
        "malformed body",
        "with nothing in it",
        &[Malformed],
        |attempt| Some(vec![wire::answered(attempt, 200, &wire::empty(attempt)?)]),
    )
    .quiet()
    .in_one(),
    variant(
        "malformed body",
        "without its first byte",
        &[Malformed],
        |attempt| {
            let answer = attempt.answer.as_ref()?;
            Some(vec![wire::answered(
                attempt,
                200,
                wire::bytes(&answer.body).get(1..)?,
            )])
        },
    ),
    variant(
        "missing last page",
        "that is said to follow",
        &[NotAsked],
        |attempt| Some(vec![page::goes_on(attempt)?]),
    )
    .keeps_all()
    .in_one(),
    variant(
        "missing last page",
        "that is said to follow, and not how",
        &[Malformed],
        |attempt| Some(vec![page::goes_on_somewhere(attempt)?]),
    )
    .keeps_all()
    .quiet(),
    variant(
        "missing last page",
        "that was recorded",
        &[NotAsked],
        |attempt| page::is_later(attempt).then(Vec::new),
    )
    .in_one(),
    OPT_IN_REQUIRED,
];

fn denied(attempt: &Attempt, why: &str) -> Attempt {
    let (status, code) = match Protocol::of(attempt) {
        Protocol::Query if attempt.service == "sns" => (403, "AuthorizationError"),
        Protocol::Query | Protocol::S3 | Protocol::S3Control => (403, "AccessDenied"),
        Protocol::Ec2 => (403, "UnauthorizedOperation"),
        Protocol::RestJson => (403, "AccessDeniedException"),
        Protocol::Json | Protocol::Cbor => (400, "AccessDeniedException"),
    };
    let who = "arn:aws:sts::123456789012:assumed-role/tieout-scan/tieout";
    let message = format!(
        "User: {who} is not authorized to perform: {} {why}",
        call(attempt)
    );
    wire::error(attempt, status, code, &message)
}

fn throttled(attempt: &Attempt) -> Attempt {
    let (status, code) = match Protocol::of(attempt) {
        Protocol::Query => (400, "Throttling"),
        Protocol::Ec2 => (503, "RequestLimitExceeded"),
        Protocol::S3 | Protocol::S3Control => (503, "SlowDown"),
        Protocol::Json | Protocol::Cbor => (400, "ThrottlingException"),
        Protocol::RestJson => (429, "TooManyRequestsException"),
    };
    wire::error(attempt, status, code, "Rate exceeded")
}

fn html(attempt: &Attempt, status: u16, body: &str) -> Attempt {
    let mut answered = wire::answered(attempt, status, body.as_bytes());
    if let Some(answer) = &mut answered.answer {
        answer.content_type = Some("text/html".to_owned());
        answer.headers = Vec::new();
    }
    answered
}

/// The attempt with its answer cut where `end` says. The status and headers had arrived.
fn cut(attempt: &Attempt, end: fn(&[u8]) -> Option<usize>) -> Option<Vec<Attempt>> {
    let mut cut = attempt.clone();
    let answer = cut.answer.as_mut()?;
    let in_header = |(name, _): &(String, String)| name == "x-amzn-errortype";
    if answer.headers.iter().any(in_header) {
        // Which error it is has been told before the body begins.
        return None;
    }
    let body = wire::bytes(&answer.body);
    let part = &body[..end(&body)?];
    answer.body = wire::kept(part);
    answer.bytes = part.len() as u64;
    Some(vec![cut])
}
