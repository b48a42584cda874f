//! A shell on a terminal, with our completion loaded and a program of our name that notes what it
//! is called with.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use portable_pty::CommandBuilder;

use crate::desk::Desk;
use crate::terminal::Terminal;

/// What each prompt begins a line with.
const PROMPT: &str = "READY>";

/// A shell at a desk.
pub(crate) struct Shell<'d> {
    pub(crate) terminal: Terminal,
    desk: &'d Desk,
    name: &'static str,
}

impl<'d> Shell<'d> {
    /// Starts a shell that has loaded the script as its help says.
    pub(crate) fn open(desk: &'d Desk, name: &'static str) -> Self {
        let script = desk.prints(&format!("completions {name}"));
        let program = env!("CARGO_BIN_EXE_tiltmeter");
        let noted = desk.path("noted").display().to_string();
        let stub = desk.write(
            "bin/tiltmeter",
            &format!(
                "#!/bin/sh\ncase $1 in complete|completions) exec '{program}' \"$@\";; esac\n\
                 printf '%s\\0' \"$@\" >'{noted}.new' && mv '{noted}.new' '{noted}'\n"
            ),
        );
        fs::set_permissions(&stub, fs::Permissions::from_mode(0o755)).unwrap();
        let (arguments, _) = match name {
            "bash" => {
                let rc = format!(
                    "PS1='{PROMPT} '\nbind 'set bell-style none'\nbind 'set enable-bracketed-paste off'\n{script}"
                );
                let rc = desk.write("rc.bash", &rc);
                (vec!["--noprofile".into(), "--rcfile".into(), rc.display().to_string(), "-i".into()], rc)
            }
            "zsh" => {
                let loaded = desk.write("zfunc/_tiltmeter", &script);
                let rc = "fpath=($HOME/zfunc $fpath)\nPROMPT='READY> '\nunsetopt beep zle_bracketed_paste\n\
                          setopt bang_hist\nautoload -Uz compinit && compinit -u -D\n";
                desk.write(".zshrc", rc);
                (vec!["-d".into(), "-i".into()], loaded)
            }
            "fish" => {
                let loaded = desk.write("config/fish/completions/tiltmeter.fish", &script);
                desk.write(
                    "config/fish/config.fish",
                    "set -g fish_greeting\nfunction fish_prompt; echo -n 'READY> '; end\nset -g fish_autosuggestion_enabled 0\n",
                );
                (vec!["-i".into()], loaded)
            }
            "elvish" => {
                let rc = format!("set edit:prompt = {{ put 'READY> ' }}\nset edit:rprompt = {{ }}\n{script}");
                let rc = desk.write("config/elvish/rc.elv", &rc);
                (vec![], rc)
            }
            name => panic!("{name} is not tried"),
        };
        let mut command = CommandBuilder::new(name);
        command.args(arguments);
        command.env_clear();
        for (variable, value) in desk.command("").get_envs() {
            if let Some(value) = value {
                command.env(variable, value);
            }
        }
        let path = format!("{}:{}", desk.path("bin").display(), std::env::var("PATH").unwrap());
        command.env("PATH", path);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        command.env("LC_ALL", "C.UTF-8");
        command.cwd(desk.path(""));
        let mut terminal = Terminal::open(command, 160, 40);
        terminal.shows(PROMPT);
        Self { terminal, desk, name }
    }

    /// Types a line and presses Tab where it ends.
    pub(crate) fn completes(&mut self, line: &str) -> &mut Self {
        self.terminal.types(line).types("\t");
        self
    }

    /// Waits until a text stands on the screen.
    pub(crate) fn shows(&mut self, text: &str) -> &mut Self {
        self.terminal.shows(text);
        self
    }

    /// Presses Enter and returns with what the program was called.
    pub(crate) fn runs(&mut self) -> Vec<String> {
        // Elvish lists even a single candidate, and takes it by Enter.
        self.terminal.types(if self.name == "elvish" { "\r\r" } else { "\r" });
        let noted = self.noted();
        // After it the prompt comes again, so there is something to wake up for.
        self.terminal.waits_for(&format!("{}: a call of the program", self.name), |_| noted.exists());
        let words = String::from_utf8_lossy(&fs::read(&noted).unwrap()).into_owned();
        fs::remove_file(&noted).unwrap();
        words.split_terminator('\0').map(str::to_owned).collect()
    }

    fn noted(&self) -> PathBuf {
        self.desk.path("noted")
    }
}
