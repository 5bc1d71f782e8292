//! The same doors over sockets.

use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

use bytes::Bytes;
use edge::{
    Server, ServerOptions,
    server::{AppService, app_service},
};
use http::Response;
use http_body_util::Full;
use proptest::prelude::*;
use tokio::runtime::{Builder, Runtime};

use crate::world::{CHROME, TOKEN, World};

struct Served {
    world: World,
    server: Option<Server>,
    app: Runtime,
}

fn echo() -> AppService {
    app_service(tower::service_fn(|request: http::Request<hyper::body::Incoming>| async move {
        let text = format!("app {}", request.uri().path());
        Ok::<_, std::convert::Infallible>(Response::new(Full::new(Bytes::from(text))))
    }))
}

impl Served {
    fn new() -> Self {
        let world = World::new();
        let app = Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let options = ServerOptions::on(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)));
        let server = Server::start(options, world.edge.clone(), echo(), app.handle().clone()).expect("a server");
        Self { world, server: Some(server), app }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.server.as_ref().expect("running").address()).expect("connected");
        stream.set_read_timeout(Some(Duration::from_secs(10))).expect("a limit");
        stream
    }

    fn send(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // The server may close before it has read everything.
        let _ = stream.write_all(bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, target: &str, more: &str) -> String {
        let head = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: {CHROME}\r\n");
        self.send_open(format!("{head}{more}Connection: close\r\n\r\n").as_bytes())
    }

    fn send_open(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        stream.write_all(bytes).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop();
        }
        let _ = &self.app;
    }
}

#[test]
fn every_door_answers_over_http() {
    let served = Served::new();
    let click = served.get("/c/go?sub1=x", "");
    assert!(click.starts_with("HTTP/1.1 302 Found\r\n"), "{click}");
    assert!(click.contains("location: https://shop.example/item?x=1&click_id="), "{click}");
    assert!(served.get("/i/go", "").contains("content-type: image/gif"));
    assert!(served.get("/px.gif", "").contains("tributary-status: refused"));
    assert!(served.get("/t.js", "").contains("window.tributary"));
    assert!(served.get("/c/none", "").starts_with("HTTP/1.1 404"));
    assert!(served.get(&format!("/postback?token={TOKEN}&order_id=7"), "").contains("\"status\":\"pending\""));
    assert!(served.get("/v1/offers", "").ends_with("app /v1/offers"));
}

#[test]
fn bodies_are_read_within_their_bounds() {
    let served = Served::new();
    let post = |path: &str, body: &str| {
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nHost: go.example\r\nConnection: close\r\nContent-Length: {length}");
        served.send_open(format!("{head}\r\nOrigin: https://shop.example\r\n\r\n{body}").as_bytes())
    };
    let good = format!("{{\"token\":\"{TOKEN}\",\"order_id\":\"9\",\"amount\":80.5}}");
    assert!(post("/postback", &good).contains("\"status\":\"pending\""));
    assert!(post("/postback", "{\"token\":").contains("bad_body"));
    let touch = post("/t", "{\"event\":\"page\",\"page\":\"https://shop.example/\"}");
    assert!(touch.starts_with("HTTP/1.1 204"), "{touch}");
    assert!(touch.contains("access-control-allow-origin: https://shop.example"), "{touch}");
    let seen = served.world.decider.seen.lock().expect("seen");
    assert!(seen[0].params.contains(&("amount".to_owned(), "80.5".to_owned())));
}

#[test]
fn a_connection_is_kept_and_many_are_served_at_once() {
    let served = Served::new();
    let request = format!("GET /c/go HTTP/1.1\r\nHost: h\r\nUser-Agent: {CHROME}\r\n\r\n");
    let mut streams: Vec<_> = (0..50).map(|_| served.connect()).collect();
    for _ in 0..3 {
        for stream in &mut streams {
            stream.write_all(request.as_bytes()).expect("sent");
        }
        for stream in &mut streams {
            let mut head = [0; 15];
            stream.read_exact(&mut head).expect("an answer");
            assert_eq!(&head, b"HTTP/1.1 302 Fo");
            let mut rest = [0; 4096];
            let read = stream.read(&mut rest).expect("the rest");
            assert!(rest[..read].ends_with(b"\r\n\r\n"));
        }
    }
    assert!(served.world.edge.counters().read().contains(&("clicks_stored", 150)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn random_bytes_on_the_wire_never_give_5xx(
        noise in proptest::collection::vec(any::<u8>(), 0..300),
        path in prop_oneof![
            Just("/c/go"), Just("/i/go"), Just("/postback"), Just("/px.gif"), Just("/t"), Just("/t.js"), Just("/aff_c"),
            Just("/aff_lsr"), Just("/aff_goal"), Just("/aff_i"), Just("/"), Just("/1/2/"), Just("/click"), Just("/k/postback"),
            Just("/alias"), Just("/cread.php"), Just("/sread.php"),
        ],
        host in prop_oneof![Just("h"), Just("all.example")],
    ) {
        let served = Served::new();
        for bytes in [
            noise.clone(),
            [format!("GET {path}?").as_bytes(), &noise, format!(" HTTP/1.1\r\nHost: {host}\r\n\r\n").as_bytes()].concat(),
            [format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: ").as_bytes(), &noise, b"\r\n\r\n"].concat(),
            [format!("POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: {}\r\n\r\n", noise.len()).as_bytes(), &noise]
                .concat(),
        ] {
            let answer = served.send(&bytes);
            prop_assert!(!answer.starts_with("HTTP/1.1 5"), "{}", answer);
        }
        prop_assert!(served.get("/c/go", "").starts_with("HTTP/1.1 302"));
    }
}
