//! A small program on the screen, which the tests run: it shows what wakes it, and obeys.

use std::env;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Command, exit};
use std::thread;
use std::time::Duration;

use crossterm::event::{Event, KeyCode};
use portable_pty::CommandBuilder;
use ratatui::layout::Rect;
use ratatui::widgets::Paragraph;
use tiltmeter::tui::{Screen, Wake, Wakes};

/// Which journal the program watches; without it, there is no program.
const JOURNAL: &str = "TILTMETER_TEST_PROGRAM_JOURNAL";

/// Stands for an end after which the program reads a line, as a shell would.
const READS_ON: i32 = -1;

/// Returns what runs the program.
pub(crate) fn command(journal: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(env::current_exe().unwrap());
    command.args(arguments());
    surround(&mut command, journal);
    command
}

/// Returns what runs a line of a shell in which the program is called `$program`.
pub(crate) fn shell(shell: &[&str], journal: &Path) -> CommandBuilder {
    let mut command = CommandBuilder::new(shell[0]);
    command.args(&shell[1..]);
    surround(&mut command, journal);
    let exe = env::current_exe().unwrap().to_string_lossy().into_owned();
    command.env("program", format!("{exe} {}", arguments().join(" ")));
    command.env("PS1", "prompt> ");
    command
}

fn surround(command: &mut CommandBuilder, journal: &Path) {
    command.env_clear();
    command.env("TERM", "xterm-256color");
    command.env("PATH", env::var("PATH").unwrap());
    command.env("HOME", journal);
    command.env(JOURNAL, journal);
    command.cwd(journal);
}

/// On the main thread, as a program is.
fn arguments() -> [&'static str; 5] {
    ["program::on_the_screen", "--exact", "--ignored", "--nocapture", "--test-threads=1"]
}

#[test]
#[ignore = "it is what the other tests run"]
fn on_the_screen() {
    let Some(journal) = env::var_os(JOURNAL) else { return };
    match run(Path::new(&journal)) {
        Ok(READS_ON) => {
            // Whoever still reads keys is quicker.
            thread::sleep(Duration::from_millis(300));
            let mut line = String::new();
            io::stdin().read_line(&mut line).unwrap();
            writeln!(io::stdout(), "after the pane: {line}").unwrap();
            exit(0);
        }
        Ok(code) => exit(code),
        Err(error) => {
            writeln!(io::stderr(), "error: {error}").unwrap();
            exit(2);
        }
    }
}

fn run(journal: &Path) -> io::Result<i32> {
    let mut screen = Screen::take()?;
    let mut wakes = Wakes::<String>::start()?;
    wakes.watch(journal)?;
    screen.title("a title")?;
    let mut by = "nothing".to_owned();
    for drawn in 1.. {
        screen.draw(|frame| {
            let Rect { width, height, .. } = frame.area();
            let words = format!("picture {drawn}\n{width}x{height}\nwoken by {by}");
            frame.render_widget(Paragraph::new(words), frame.area());
        })?;
        let Some(wake) = wakes.next(Duration::from_secs(3600)) else { continue };
        by = match wake {
            Wake::Input(Event::Key(key)) => match key.code {
                KeyCode::Char('q') => return Ok(0),
                KeyCode::Char('w') => return Ok(READS_ON),
                KeyCode::Char('x') => return Err(io::Error::other("what went wrong")),
                KeyCode::Char('p') => panic!("a panic's message"),
                KeyCode::Char('t') => in_a_thread(&wakes),
                KeyCode::Char('z') => {
                    wakes.quietly(|| screen.suspend())?;
                    "its shell".to_owned()
                }
                KeyCode::Char('e') => lend(&wakes, &mut screen)?,
                KeyCode::Char(c) => format!("key {c}"),
                code => format!("{code:?}"),
            },
            Wake::Input(Event::Paste(pasted)) => format!("paste {pasted}"),
            Wake::Input(Event::Mouse(mouse)) => format!("mouse {:?}", mouse.kind),
            Wake::Input(Event::Resize(..)) => by,
            Wake::Input(other) => format!("{other:?}"),
            Wake::Settings => "the settings".to_owned(),
            Wake::Journal => format!("the journal after picture {drawn}"),
            Wake::Ended(signal) => return Ok(128 + signal),
            Wake::Continued => {
                screen.take_again()?;
                "SIGCONT".to_owned()
            }
            Wake::News(news) => news,
        };
    }
    Ok(0)
}

/// Lends the screen to what reads a line, and returns that.
fn lend(wakes: &Wakes<String>, screen: &mut Screen) -> io::Result<String> {
    let editor = "trap 'echo caught' INT; echo editing; read line || read line; clear; printf %s \"$line\" >&2";
    let edited = wakes.quietly(|| screen.lend(|| Command::new("sh").args(["-c", editor]).stderr_piped()))??;
    Ok(format!("line {edited}"))
}

fn in_a_thread(wakes: &Wakes<String>) -> String {
    let sender = wakes.sender();
    thread::spawn(move || sender.send(Wake::News("news".to_owned())));
    "key t".to_owned()
}

trait StderrPiped {
    /// Runs a command on the terminal, and returns what it says to its standard error.
    fn stderr_piped(&mut self) -> io::Result<String>;
}

impl StderrPiped for Command {
    fn stderr_piped(&mut self) -> io::Result<String> {
        let child = self.stderr(std::process::Stdio::piped()).spawn()?;
        Ok(String::from_utf8_lossy(&child.wait_with_output()?.stderr).into_owned())
    }
}
