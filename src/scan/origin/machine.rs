//! Which machine, without telling its name to whoever is handed the bundle.

use std::fs;

use base16ct::lower::encode_string as hexadecimal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::variable;
use crate::inventory::run::Host;

/// The machine this runs on; none where it has neither a machine id nor a name.
///
/// A machine id is confidential, and its manual page asks for just this: a keyed hash in its place.
/// <https://www.freedesktop.org/software/systemd/man/latest/machine-id.html>
pub fn host() -> Option<Host> {
    let ids = ["/etc/machine-id", "/var/lib/dbus/machine-id"];
    let names = ["/proc/sys/kernel/hostname", "/etc/hostname"];
    let name = first_of(&names)
        .or_else(|| variable("HOSTNAME"))
        .or_else(|| variable("COMPUTERNAME"));
    fingerprint(first_of(&ids), name)
}

fn fingerprint(id: Option<String>, name: Option<String>) -> Option<Host> {
    let named = |part: &Option<String>, what: &str| part.as_ref().map(|_| what.to_owned());
    let of: Vec<String> = [named(&id, "machine-id"), named(&name, "hostname")]
        .into_iter()
        .flatten()
        .collect();
    if of.is_empty() {
        return None;
    }
    // HMAC takes a key of any length, none included.
    let mut mac = Hmac::<Sha256>::new_from_slice(id.unwrap_or_default().as_bytes()).ok()?;
    mac.update(b"tieout host\0");
    mac.update(name.unwrap_or_default().as_bytes());
    Some(Host {
        fingerprint: hexadecimal(&mac.finalize().into_bytes()),
        of,
    })
}

/// The first of these files that is there and says something.
fn first_of(paths: &[&str]) -> Option<String> {
    let said = paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok());
    said.map(|text| text.trim().to_owned())
        .find(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

    #[test]
    fn a_machine_is_known_again_and_not_named() {
        let of = |id: &str, name: &str| {
            let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
            fingerprint(part(id), part(name))
        };
        let host = of("5f0c", "scanner").unwrap();
        assert_eq!(of("5f0c", "scanner"), Some(host.clone()));
        assert_ne!(of("5f0d", "scanner").unwrap().fingerprint, host.fingerprint);
        assert_ne!(of("5f0c", "laptop").unwrap().fingerprint, host.fingerprint);
        assert_eq!(host.of, ["machine-id", "hostname"]);
        assert_eq!(of("", "scanner").unwrap().of, ["hostname"]);
        assert_eq!(of("", ""), None);
    }
}
