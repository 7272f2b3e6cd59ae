//! Servers on loopback: a timestamp authority made of `openssl ts`, and whatever else a test wants to answer.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

/// An answer: status, content type, body.
pub(crate) type Reply = (u16, &'static str, Vec<u8>);

/// Serves until the test's process ends; where it listens. The reply is told the request's head, in small letters, and its body.
pub(crate) fn serve(reply: impl Fn(&str, &[u8]) -> Reply + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback can be listened on");
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer(stream.expect("somebody connects"), &reply);
        }
    });
    endpoint
}

/// One request, one answer. Whoever asked may be gone by then.
fn answer(mut stream: TcpStream, reply: &dyn Fn(&str, &[u8]) -> Reply) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).is_err() || line.trim_end().is_empty() {
            break;
        }
        head.push_str(&line.to_lowercase());
    }
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .map_or(0, |length| {
            length.trim().parse().expect("a length is a number")
        });
    let mut body = vec![0; length];
    if reader.read_exact(&mut body).is_err() {
        return;
    }
    let (status, kind, body) = reply(&head, &body);
    let head = format!(
        "HTTP/1.1 {status} -\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _gone = stream.write_all(&[head.as_bytes(), &body].concat());
}

/// A timestamp authority, with a certificate of its own and of the authority above it, as files.
pub(crate) struct Authority {
    folder: PathBuf,
}

const CONFIG: &str = "
[req]
distinguished_name = name
prompt = no
[name]
CN = unused
[above]
basicConstraints = critical,CA:TRUE
[stamping]
extendedKeyUsage = critical,timeStamping
[serving]
extendedKeyUsage = serverAuth
[tsa]
default_tsa = one
[one]
serial = serial
signer_cert = tsa.pem
certs = ca.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
";

impl Authority {
    /// Makes one in a folder.
    pub(crate) fn new(folder: &Path) -> Self {
        let authority = Self {
            folder: folder.to_owned(),
        };
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join("tsa.cnf"), CONFIG).unwrap();
        authority.openssl(
            "req -config tsa.cnf -x509 -extensions above -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 \
             -subj /CN=Above",
        );
        authority.openssl(
            "req -config tsa.cnf -new -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=Stamps",
        );
        authority.certified("stamping");
        authority
    }

    /// The certificate of the authority above.
    pub(crate) fn above(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// Gives it a certificate for that use.
    pub(crate) fn certified(&self, extensions: &str) {
        self.openssl(&format!(
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -out tsa.pem -extfile tsa.cnf \
             -extensions {extensions}"
        ));
    }

    /// Answers a question.
    pub(crate) fn stamp(&self, question: &[u8]) -> Vec<u8> {
        fs::write(self.folder.join("question"), question).unwrap();
        self.openssl("ts -reply -config tsa.cnf -queryfile question -out reply");
        fs::read(self.folder.join("reply")).unwrap()
    }

    /// Answers over HTTP; where.
    pub(crate) fn serve(self) -> String {
        serve(move |head, question| {
            assert!(
                head.contains("content-type: application/timestamp-query"),
                "{head}"
            );
            (200, "application/timestamp-reply", self.stamp(question))
        })
    }

    fn openssl(&self, arguments: &str) {
        let ended = Command::new("openssl")
            .args(arguments.split_whitespace())
            .current_dir(&self.folder)
            .output()
            .expect("openssl is installed (Debian: apt-get install openssl)");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "openssl {arguments}: {said}");
    }
}
