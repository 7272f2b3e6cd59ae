//! A server on loopback, one thread a connection, that says what a test tells it to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    /// By name in small letters.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: String,
}

impl Asked {
    /// The region a request is signed for.
    pub(crate) fn region(&self) -> &str {
        let scope = self.headers.get("authorization");
        scope
            .and_then(|header| header.split('/').nth(2))
            .unwrap_or_default()
    }

    /// Whether a query service is asked this.
    pub(crate) fn is(&self, action: &str) -> bool {
        self.body.starts_with(&format!("Action={action}&"))
    }
}

/// What to do about a request.
pub(crate) enum Reply {
    /// A whole answer: status, headers, body.
    Answer(u16, Vec<(String, String)>, Vec<u8>),
    /// Nothing, for as long as the other side waits.
    Silence,
}

/// An answer in XML.
pub(crate) fn xml(status: u16, body: &str) -> Reply {
    let kind = ("content-type".to_owned(), "text/xml".to_owned());
    Reply::Answer(status, vec![kind], body.as_bytes().to_vec())
}

/// An error as the query services answer it.
pub(crate) fn refusal(status: u16, code: &str, message: &str) -> Reply {
    xml(
        status,
        &format!(
            "<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>\
             <RequestId>r-1</RequestId></ErrorResponse>"
        ),
    )
}

/// Serves until the test's process ends; where it listens.
pub(crate) fn serve(reply: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let reply = Arc::new(reply);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let reply = reply.clone();
            thread::spawn(move || talk(stream.unwrap(), &*reply));
        }
    });
    endpoint
}

/// One connection. Whoever asked may be gone before it is answered.
fn talk(mut stream: TcpStream, reply: &dyn Fn(&Asked) -> Reply) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    while let Some(asked) = read(&mut reader) {
        match reply(&asked) {
            Reply::Answer(status, headers, body) => {
                let mut head = format!("HTTP/1.1 {status} -\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                head.push_str("\r\n");
                let whole = [head.as_bytes(), &body].concat();
                if stream.write_all(&whole).is_err() {
                    return;
                }
            }
            Reply::Silence => {
                let mut rest = Vec::new();
                let _until_they_hang_up = reader.read_to_end(&mut rest);
                return;
            }
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked {
        method,
        path,
        headers,
        // Not everything that is asked is text: a timestamp authority is asked in DER.
        body: String::from_utf8_lossy(&body).into_owned(),
    })
}
