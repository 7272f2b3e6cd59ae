//! Encryption to whoever is to read it, with age. <https://age-encryption.org/v1>

use std::io::{self, Write};

use age::x25519::Recipient;
use age::{EncryptError, Encryptor};

/// Who can decrypt.
#[derive(Debug, Clone)]
pub struct Recipients(Vec<Recipient>);

impl Recipients {
    /// Reads recipients, a line each (`age1…`), as `age-keygen` prints them; empty lines and comments (`#`) are passed over.
    ///
    /// # Errors
    /// The first line that is none, or that there is none at all.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lines = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut recipients = Vec::new();
        for line in lines {
            let recipient = line.parse::<Recipient>();
            recipients.push(recipient.map_err(|why| format!("{line} is no recipient: {why}"))?);
        }
        if recipients.is_empty() {
            return Err("it names no recipient".to_owned());
        }
        Ok(Self(recipients))
    }

    /// The recipients of both.
    pub fn and(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// Lets `write` write, and what it writes arrives in `out` encrypted.
    ///
    /// # Errors
    /// Those of `write` and of `out`.
    pub fn encrypted(
        &self,
        out: impl Write,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let recipients = self
            .0
            .iter()
            .map(|recipient| recipient as &dyn age::Recipient);
        let encryptor = Encryptor::with_recipients(recipients).map_err(refused)?;
        let mut sealed = encryptor.wrap_output(out)?;
        write(&mut sealed)?;
        sealed.finish()?.flush()
    }
}

fn refused(error: EncryptError) -> io::Error {
    io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use age::x25519::Identity;
    use age::{DecryptError, Decryptor};

    use super::*;

    #[test]
    fn who_is_named_can_read_it_and_nobody_else() {
        let (auditor, stranger) = (Identity::generate(), Identity::generate());
        let to = Recipients::parse(&format!("# the auditor\n{}\n", auditor.to_public())).unwrap();
        let mut sealed = Vec::new();
        to.encrypted(&mut sealed, |out| out.write_all(b"evidence"))
            .unwrap();
        let open = |by: &Identity| -> Result<String, DecryptError> {
            let decryptor = Decryptor::new(&*sealed)?;
            let mut text = String::new();
            decryptor
                .decrypt(std::iter::once(by as &dyn age::Identity))?
                .read_to_string(&mut text)
                .unwrap();
            Ok(text)
        };
        assert_eq!(open(&auditor).unwrap(), "evidence");
        assert!(open(&stranger).is_err());
    }

    #[test]
    fn what_names_nobody_is_refused() {
        assert_eq!(
            Recipients::parse("# nobody\n").unwrap_err(),
            "it names no recipient"
        );
        let said = Recipients::parse("age1nobody").unwrap_err();
        assert!(said.starts_with("age1nobody is no recipient"), "{said}");
    }
}
