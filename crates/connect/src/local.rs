//! A server on loopback for this crate's tests.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

/// Of a request, as much as is read.
const HEAD_BYTES_MAX: usize = 2_048;

/// Answers each connection once with what `answer` makes of the request's head, and closes.
pub async fn serve(answer: impl Fn(&str) -> String + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("bound");
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut asked = [0; HEAD_BYTES_MAX];
            let read = stream.read(&mut asked).await.unwrap_or_default();
            let said = answer(&String::from_utf8_lossy(&asked[..read]));
            let _ = stream.write_all(said.as_bytes()).await;
        }
    });
    address
}
