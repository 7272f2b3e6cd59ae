//! A server on loopback that says what a test tells it to, the SDK's configuration to reach it, and what was kept.

use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::region::Region;
use tieout::aws::Wire;
use tieout::inventory::attempt::{Attempt, Keep};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// The attempts of a scan, in memory.
#[derive(Debug, Default)]
pub(crate) struct Kept(Mutex<Vec<Attempt>>);

impl Keep for Kept {
    fn keep(&self, attempt: &Attempt) {
        self.0.lock().unwrap().push(attempt.clone());
    }
}

impl Kept {
    /// All of them, in order.
    pub(crate) fn all(&self) -> Vec<Attempt> {
        self.0.lock().unwrap().clone()
    }
}

/// A server that gives the answers in order, and the last one for ever; two attempts a call.
pub(crate) async fn answering(answers: Vec<String>) -> (SdkConfig, Arc<Kept>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(serve(listener, answers));
    let kept = Arc::<Kept>::default();
    let http = aws_smithy_http_client::Builder::new().build_http();
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "test");
    let sdk = SdkConfig::builder()
        .behavior_version(aws_config::BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .sleep_impl(aws_smithy_async::rt::sleep::SharedAsyncSleep::new(
            aws_smithy_async::rt::sleep::TokioSleep::new(),
        ))
        .retry_config(
            RetryConfig::standard()
                .with_max_attempts(2)
                .with_initial_backoff(std::time::Duration::from_millis(1)),
        )
        .endpoint_url(&endpoint)
        .http_client(Wire::live(
            http,
            Some(&endpoint),
            kept.clone(),
            Arc::default(),
        ))
        .build();
    (sdk, kept)
}

async fn serve(listener: TcpListener, answers: Vec<String>) {
    let mut answers = answers.into_iter().peekable();
    let mut last = String::new();
    while let Ok((mut stream, _)) = listener.accept().await {
        last = answers.next().unwrap_or(last);
        let mut request = [0_u8; 8192];
        let _read = stream.read(&mut request).await;
        let _written = stream.write_all(last.as_bytes()).await;
    }
}
