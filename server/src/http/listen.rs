//! Accepting connections, with an eye on those who only hold them: a request's head has to arrive
//! within seconds, an answer has to be taken, and there are only so many connections. (Forms have a time of their own, see
//! `form/`.)

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// What a connection may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For the head of a request, from the connection's beginning or the answer before.
    pub head: Duration,
    /// Connections at the same time; further ones wait in the system's queue.
    pub connections: usize,
    /// For whoever reads an answer to take some of it.
    pub stall: Duration,
    /// For what is being answered when the portal is told to stop.
    pub farewell: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(15),
            stall: Duration::from_secs(30),
            // Some tens of kilobytes each: below 200 MB all told. Where the system allows fewer open
            // files, it refuses earlier, and the portal goes on (docs/operating.md).
            connections: 4096,
            farewell: Duration::from_secs(15),
        }
    }
}

/// After the system could give no connection: out of files, mostly.
const PAUSE: Duration = Duration::from_millis(200);

/// Answers until `stop`, then finishes what is being answered.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = &mut stop => break,
        };
        let Some((stream, peer, place)) = accepted else {
            continue;
        };
        let answer = open.watch(connection(stream, peer, &router, limits));
        tokio::spawn(async move {
            if let Err(error) = answer.await {
                tracing::debug!(%peer, %error, "a connection ended");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.farewell, open.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("connections were cut that did not end by themselves");
    }
}

async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, peer)) => Some((stream, peer, place)),
        Err(error) => {
            tracing::warn!(%error, "no connection");
            tokio::time::sleep(PAUSE).await;
            None
        }
    }
}

fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: &Router,
    limits: Limits,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> + use<> {
    // Answers are written whole; waiting for more to send would only delay them.
    let _ = stream.set_nodelay(true);
    // Whoever asks and never reads holds a connection that nobody else can have.
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(limits.stall));
    let router = router.clone();
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .serve_connection(TokioIo::new(Box::pin(stream)), service)
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;
    use std::time::Duration;

    use axum::Router;
    use axum::extract::ConnectInfo;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;

    use super::{Limits, serve};

    const LONG: Duration = Duration::from_secs(30);

    struct Server {
        at: SocketAddr,
        stop: oneshot::Sender<()>,
        ended: JoinHandle<()>,
    }

    async fn start(limits: Limits) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let router =
            Router::new()
                .route(
                    "/peer",
                    get(|ConnectInfo(peer): ConnectInfo<SocketAddr>| async move {
                        peer.ip().to_string()
                    }),
                )
                .route(
                    "/slow",
                    get(|| async {
                        tokio::time::sleep(Duration::from_millis(300)).await;
                        "done"
                    }),
                );
        let stopped = async move { drop(stopped.await) };
        let ended = tokio::spawn(serve(listener, router, limits, stopped));
        Server { at, stop, ended }
    }

    async fn said(mut stream: TcpStream) -> String {
        let mut text = String::new();
        let read = tokio::time::timeout(LONG, stream.read_to_string(&mut text)).await;
        // Cut off is an end, too.
        let _ = read.expect("the connection ends");
        text
    }

    async fn ask(at: SocketAddr, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(at).await.unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        stream
    }

    #[tokio::test]
    async fn a_head_that_does_not_end_ends_the_connection() {
        let limits = Limits {
            head: Duration::from_millis(200),
            connections: 1,
            farewell: LONG,
            ..Limits::default()
        };
        let server = start(limits).await;
        let mut slow = TcpStream::connect(server.at).await.unwrap();
        slow.write_all(b"GET /peer HTTP/1.1\r\nhost: local")
            .await
            .unwrap();
        // There is one place: this one gets it when the other is gone.
        let patient = ask(server.at, "/peer").await;
        assert!(!said(slow).await.contains("200 OK"));
        let answer = said(patient).await;
        assert!(
            answer.contains("200 OK") && answer.ends_with("127.0.0.1"),
            "{answer}"
        );
        drop(server.stop);
        server.ended.await.unwrap();
    }

    #[tokio::test]
    async fn what_is_being_answered_is_answered_before_the_portal_stops() {
        let limits = Limits {
            farewell: LONG,
            ..Limits::default()
        };
        let server = start(limits).await;
        let asked = ask(server.at, "/slow").await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        server.stop.send(()).unwrap();
        assert!(said(asked).await.ends_with("done"));
        server.ended.await.unwrap();
        assert!(
            TcpStream::connect(server.at).await.is_err(),
            "nobody else is let in"
        );
    }
}
