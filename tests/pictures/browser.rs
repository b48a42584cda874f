//! A page in a real browser, Chromium without a window: what people wrote runs nothing and
//! asks for nothing, and the page is light and dark as its reader likes it.
//!
//! Everything stays on this machine: the only one who could be asked is a listener on the
//! loopback, and a page that does ask shows that it would be heard.

use std::fs;
use std::io::{BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Desk;
use crate::hostile::hostile;

/// Someone who listens on the loopback and counts who asks.
struct Listener {
    port: u16,
    heard: Arc<AtomicUsize>,
}

impl Listener {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&heard);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut request = [0; 1_024];
                let read = stream.read(&mut request).unwrap_or_default();
                count.fetch_add(usize::from(read > 0), Ordering::SeqCst);
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        });
        Self { port, heard }
    }

    fn heard(&self) -> usize {
        self.heard.load(Ordering::SeqCst)
    }
}

/// Returns Chromium, ready to look at a file.
fn chromium(profile: &Path) -> Command {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let there = |name: &&&str| Command::new(name).arg("--version").output().is_ok_and(|answer| answer.status.success());
    let name = names.iter().find(there).expect("there is no chromium here");
    let mut command = Command::new(name);
    command.args(["--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking"]);
    // Its sandbox refuses to be root, as one is in a container.
    command.args(["--no-sandbox", "--disable-component-update", "--hide-scrollbars", "--window-size=900,1200"]);
    command.arg(format!("--user-data-dir={}", profile.display()));
    command
}

/// Returns the document after everything in it had its time.
fn document(desk: &Desk, file: &str) -> String {
    let mut command = chromium(&desk.path("profile"));
    command.args(["--virtual-time-budget=3000", "--dump-dom"]).arg(format!("file://{}", desk.path(file).display()));
    let answer = command.output().unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8(answer.stdout).unwrap()
}

/// Returns the colour of the corner of a page as a reader of light or dark pages sees it.
fn ground(desk: &Desk, file: &str, scheme: Scheme) -> [u8; 3] {
    let shot = desk.path("shot.png");
    let mut command = chromium(&desk.path("profile"));
    let preferred = match scheme {
        Scheme::Dark => 0,
        Scheme::Light => 1,
    };
    command.arg(format!("--blink-settings=preferredColorScheme={preferred}"));
    command.arg(format!("--screenshot={}", shot.display())).arg(format!("file://{}", desk.path(file).display()));
    assert!(command.output().unwrap().status.success());
    let mut reader = png::Decoder::new(BufReader::new(fs::File::open(&shot).unwrap())).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    [pixels[0], pixels[1], pixels[2]]
}

#[derive(Clone, Copy)]
enum Scheme {
    Light,
    Dark,
}

#[test]
#[ignore = "it needs chromium: .ci/run installs it and runs this"]
fn what_people_wrote_runs_nothing_and_asks_for_nothing() {
    let listener = Listener::new();
    let desk = hostile(listener.port);
    for (command, title) in [("day", "Tue 24 Nov 2026"), ("week", "Week 48, 23–29 Nov 2026"), ("trend", "12 weeks")] {
        desk.prints(&format!("{command} --html -o page.html"));
        let document = document(&desk, "page.html");
        assert!(document.contains(&format!("<title>Tiltmeter: {title}")), "{document}");
        let is_shown = document.contains("&lt;script&gt;document.title");
        assert!(is_shown || command == "trend", "the words are there, as words");
        assert!(!document.contains("<script") && !document.contains("<iframe") && !document.contains("<img"));
        desk.prints(&format!("{command} --svg -o picture.svg"));
        let picture = self::document(&desk, "picture.svg");
        assert!(picture.contains("<title>") && !picture.contains("<script"), "{picture}");
        assert_eq!(listener.heard(), 0, "{command}");
    }
}

#[test]
#[ignore = "it needs chromium: .ci/run installs it and runs this"]
fn a_page_that_does_run_and_ask_is_found_out_by_the_same_means() {
    let listener = Listener::new();
    let desk = Desk::new();
    let page =
        "<!DOCTYPE html><title>still</title><script>document.title='ran'</script><img src=\"http://127.0.0.1:PORT/x\">";
    desk.write("page.html", &page.replace("PORT", &listener.port.to_string()));
    assert!(document(&desk, "page.html").contains("<title>ran</title>"));
    assert!(listener.heard() > 0);
}

#[test]
#[ignore = "it needs chromium: .ci/run installs it and runs this"]
fn the_policy_of_a_page_would_stop_what_got_into_it() {
    let listener = Listener::new();
    let desk = hostile(listener.port);
    let page = desk.prints("week --html");
    let inside =
        format!("<main><script>document.title='ran'</script><img src=\"http://127.0.0.1:{}/x\"/>", listener.port);
    desk.write("page.html", &page.replacen("<main>", &inside, 1));
    let document = document(&desk, "page.html");
    assert!(document.contains("<title>Tiltmeter: Week 48"), "{document}");
    assert_eq!(listener.heard(), 0);
}

#[test]
#[ignore = "it needs chromium: .ci/run installs it and runs this"]
fn a_page_and_a_picture_are_light_or_dark_as_their_reader_likes_it() {
    let desk = crate::quarter::desk();
    for (command, file) in [("week --html -o", "week.html"), ("trend --html -o", "trend.html")] {
        desk.prints(&format!("{command} {file}"));
        assert_eq!(ground(&desk, file, Scheme::Light), [0xff, 0xff, 0xff], "the style sheet was let in");
        assert_eq!(ground(&desk, file, Scheme::Dark), [0x11, 0x14, 0x18]);
    }
    desk.prints("week --svg -o week.svg");
    // A picture is as wide as the window, but not as high.
    let page = "<!DOCTYPE html><style>body{margin:0}</style><img src=\"week.svg\" width=\"900\">";
    desk.write("around.html", page);
    assert_eq!(ground(&desk, "around.html", Scheme::Light), [0xff, 0xff, 0xff]);
    assert_eq!(ground(&desk, "around.html", Scheme::Dark), [0x11, 0x14, 0x18]);
}
