#![cfg(test)]
//! What is told of Tiltmeter where it is packed is what `Cargo.toml` tells: version, name, address,
//! licence, the oldest Rust. Drift there shows only when a release has gone wrong.

use std::fs;
use std::path::Path;

/// Reads a file of this project.
fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What `Cargo.toml` says.
struct Told(toml::Table);

impl Told {
    fn read() -> Self {
        Self(read("Cargo.toml").parse().unwrap())
    }

    fn get(&self, name: &str) -> String {
        self.0["package"][name].as_str().unwrap().to_owned()
    }

    /// Returns the address of the sources of this version, which its release carries.
    fn sources(&self) -> String {
        let (name, version, repository) = (self.get("name"), self.get("version"), self.get("repository"));
        format!("{repository}/releases/download/v{version}/{name}-{version}-source.tar.gz")
    }
}

/// Returns the words after each `before` at a line's beginning, without quotes.
fn said(text: &str, before: &str) -> Vec<String> {
    let unquoted = |value: &str| value.trim().trim_matches(['(', ')']).trim_matches(['"', '\'']).to_owned();
    text.lines().filter_map(|line| line.trim_start().strip_prefix(before)).map(unquoted).collect()
}

/// Catches: a version, an address, a licence or a checksum changed in one of the three files and
/// not in the others.
#[test]
fn formula_pkgbuild_and_srcinfo_tell_what_cargo_toml_tells() {
    let told = Told::read();
    let [formula, pkgbuild, srcinfo] =
        ["packaging/homebrew/tiltmeter.rb", "packaging/aur/PKGBUILD", "packaging/aur/.SRCINFO"].map(read);

    assert_eq!(said(&formula, "url "), [told.sources()]);
    assert_eq!(said(&formula, "homepage "), [told.get("repository")]);
    assert_eq!(said(&formula, "license "), [told.get("license")]);
    assert!(formula.contains(&format!("# Rust {} or newer.", told.get("rust-version"))));

    for (name, value) in [
        ("pkgver", told.get("version")),
        ("url", told.get("repository")),
        ("license", told.get("license")),
        ("pkgdesc", said(&pkgbuild, "pkgdesc=").concat()),
        ("makedepends", format!("cargo>={}", told.get("rust-version"))),
    ] {
        assert_eq!(said(&pkgbuild, &format!("{name}=")), std::slice::from_ref(&value), "PKGBUILD: {name}");
        assert_eq!(said(&srcinfo, &format!("{name} =")), [value], ".SRCINFO: {name}");
    }
    assert_eq!(said(&pkgbuild, "pkgname="), [told.get("name")]);
    assert_eq!(said(&srcinfo, "pkgname ="), [told.get("name")]);
    assert_eq!(said(&srcinfo, "source ="), [told.sources()]);
    let source = "\"$url/releases/download/v$pkgver/$pkgname-$pkgver-source.tar.gz\"";
    assert!(pkgbuild.contains(&format!("source=({source})")));
    assert!(told.get("description").starts_with("See which way your day tilts: log creating, shaping and consuming"));
    assert!(said(&pkgbuild, "pkgdesc=").concat().starts_with("See which way your day tilts: "));

    // One archive has one checksum, and until there is one, nobody has invented any.
    let sum = said(&formula, "sha256 ").concat();
    assert_eq!(said(&pkgbuild, "sha256sums="), [sum.as_str()]);
    assert_eq!(said(&srcinfo, "sha256sums ="), [sum.as_str()]);
    let is_sum = sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit());
    assert!(sum == "UNRELEASED" || is_sum, "{sum}");
}

/// Catches: a version written into the flake by hand, which nobody would raise.
#[test]
fn the_flake_reads_its_version_from_cargo_toml() {
    let told = Told::read();
    let flake = read("packaging/nix/flake.nix");
    assert!(flake.contains("builtins.fromTOML (builtins.readFile (root + \"/Cargo.toml\"))).package"));
    for read_there in ["pname = cargo.name;", "inherit (cargo) version;", "homepage = cargo.repository;"] {
        assert!(flake.contains(read_there), "{read_there}");
    }
    assert!(!flake.contains(&format!("\"{}\"", told.get("version"))));
    assert!(flake.contains(&format!("licenses.{};", told.get("license").to_lowercase())));
    let address = told.get("repository").replace("https://github.com/", "github:");
    assert!(flake.contains(&format!("nix run '{address}?dir=packaging/nix'")));
    assert!(flake.contains(&format!("Rust {} or newer", told.get("rust-version"))));
}

/// A version is either being worked on or written down with its day. Catches: a version that was
/// raised past what the changelog and the lock tell.
#[test]
fn the_changelog_and_the_lock_know_the_version() {
    let version = Told::read().get("version");
    let changelog = read("CHANGELOG.md");
    let released: Vec<&str> = changelog.lines().filter_map(|line| line.strip_prefix("## [")).collect();
    let newest = released.iter().find(|part| !part.starts_with("Unreleased"));
    match newest {
        // Nothing has been released: what comes first is the version that is worked on.
        None => assert_eq!(version, "0.1.0"),
        Some(part) => {
            assert!(part.starts_with(&format!("{version}] - ")), "{part} is newest, Cargo.toml says {version}");
        }
    }
    assert!(released.first().is_some_and(|part| part.starts_with("Unreleased]")));
    assert!(read("Cargo.lock").contains(&format!("name = \"tiltmeter\"\nversion = \"{version}\"\n")));
}

/// Catches: another owner or name in any text that people follow.
#[test]
fn every_address_of_this_project_is_the_one_of_cargo_toml() {
    let repository = Told::read().get("repository");
    let owned = repository.rsplit_once('/').unwrap().0;
    let mut files = vec!["README.md", "CHANGELOG.md", "Cargo.toml"].into_iter().map(str::to_owned).collect::<Vec<_>>();
    for folder in ["packaging", "packaging/aur", "packaging/homebrew", "packaging/nix", ".github/workflows", "docs"] {
        let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
        let names = entries.map(|entry| entry.unwrap()).filter(|entry| entry.path().is_file());
        files.extend(names.map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy())));
    }
    assert!(files.len() > 15, "{files:?}");
    let ends = |c: char| c.is_whitespace() || "\"'`)>?".contains(c);
    for file in files {
        let text = read(&file);
        for (at, _) in text.match_indices("/tiltmeter") {
            let begins = text[..at].rfind(ends).map_or(0, |end| end + 1);
            let address = text[begins..].split(ends).next().unwrap_or_default();
            if address.contains("github") {
                let plain = address.replace("github:", "https://github.com/");
                assert!(
                    plain == repository || plain.starts_with(&format!("{repository}/")),
                    "{file}: {address} is not below {owned}"
                );
            }
        }
    }
}

/// Catches: an archive that is named or laid out otherwise than `cargo binstall` looks for, or a
/// target left out.
#[test]
fn the_release_makes_the_archives_that_binstall_looks_for() {
    let told = Told::read();
    let binstall = &told.0["package"]["metadata"]["binstall"];
    let url = "{ repo }/releases/download/v{ version }/{ name }-{ version }-{ target }{ archive-suffix }";
    assert_eq!(binstall["pkg-url"].as_str(), Some(url));
    assert_eq!(binstall["bin-dir"].as_str(), Some("{ name }-{ version }-{ target }/{ bin }{ binary-ext }"));
    let archive = read("packaging/archive");
    assert!(archive.contains("name=\"tiltmeter-$(packaging/version)-$target\""));
    assert!(archive.contains("\"$out/$name.tar.gz\"") && binstall["pkg-fmt"].as_str() == Some("tgz"));
    let windows = &binstall["overrides"]["x86_64-pc-windows-msvc"]["pkg-fmt"];
    assert!(archive.contains("\"$out/$name.zip\"") && windows.as_str() == Some("zip"));
    let release = read(".github/workflows/release.yml");
    for target in [
        "x86_64-unknown-linux-musl",
        "aarch64-unknown-linux-musl",
        "x86_64-apple-darwin",
        "aarch64-apple-darwin",
        "x86_64-pc-windows-msvc",
    ] {
        assert!(release.contains(&format!("target: {target},")), "{target}");
    }
}

/// Catches: CI that goes on to check another oldest Rust than the one that is promised.
#[test]
fn the_oldest_rust_is_the_same_wherever_it_is_told() {
    let oldest = Told::read().get("rust-version");
    let ci = read(".github/workflows/ci.yml");
    assert!(ci.contains(&format!("rustup toolchain install {oldest} ")), "ci.yml");
    assert!(ci.contains(&format!("cargo +{oldest} check")), "ci.yml");
    assert!(read("README.md").contains(&format!("{oldest} or newer")), "README.md");
}

/// Files that a package names must be there, or be made by `packaging/extras`. Catches: a file
/// that was renamed, and is missed only when a package is built.
#[test]
fn everything_that_goes_into_a_package_is_there_or_is_made() {
    let told = Told::read();
    let metadata = &told.0["package"]["metadata"];
    let deb = metadata["deb"]["assets"].as_array().unwrap().iter().map(|asset| &asset[0]);
    let rpm = metadata["generate-rpm"]["assets"].as_array().unwrap().iter().map(|asset| &asset["source"]);
    let extras = read("packaging/extras");
    for source in deb.chain(rpm).map(|source| source.as_str().unwrap()) {
        let is_there = Path::new(env!("CARGO_MANIFEST_DIR")).join(source.trim_end_matches("*.md")).exists();
        let made = source.strip_prefix("target/extras/").map(|name| name.trim_end_matches("*.1").trim_end_matches('/'));
        let is_made = made.is_some_and(|name| extras.contains(&format!("\"$folder/{name}")));
        assert!(is_there && made.is_none() || is_made || source == "target/release/tiltmeter", "{source}");
    }
}

/// What a release does to the files: on a copy, for nothing may be released by testing it.
#[cfg(unix)]
mod filling_in {
    use std::os::unix::fs::PermissionsExt as _;
    use std::path::Path;
    use std::process::{Command, Output};

    use super::*;

    const FILLED: &[&str] = &[
        "Cargo.toml",
        "Cargo.lock",
        "CHANGELOG.md",
        "packaging/homebrew/tiltmeter.rb",
        "packaging/aur/PKGBUILD",
        "packaging/aur/.SRCINFO",
        "packaging/fill-in",
        "packaging/version",
    ];

    fn run(copy: &Path, script: &str, words: &[&str]) -> Output {
        Command::new("bash").arg(copy.join(script)).args(words).current_dir(copy).output().unwrap()
    }

    /// Catches: a line that the script no longer finds, so that a release would carry the version
    /// or the checksum of the one before.
    #[test]
    fn a_release_has_its_version_and_its_sum_in_every_place() {
        let folder = tempfile::TempDir::new().unwrap();
        let copy = folder.path();
        for file in FILLED {
            fs::create_dir_all(copy.join(file).parent().unwrap()).unwrap();
            fs::write(copy.join(file), read(file)).unwrap();
        }
        fs::set_permissions(copy.join("packaging/aur/PKGBUILD"), fs::Permissions::from_mode(0o640)).unwrap();
        fs::write(copy.join("sources.tar.gz"), "abc").unwrap();
        // Of "abc", from FIPS 180-2.
        let sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let filled = run(copy, "packaging/fill-in", &["7.8.9", "sources.tar.gz"]);
        assert!(filled.status.success(), "{filled:?}");
        let now = |file: &str| fs::read_to_string(copy.join(file)).unwrap();
        for (file, sums, versions) in [
            ("packaging/homebrew/tiltmeter.rb", 1, 2),
            ("packaging/aur/PKGBUILD", 1, 1),
            ("packaging/aur/.SRCINFO", 1, 3),
            ("Cargo.toml", 0, 1),
            ("Cargo.lock", 0, 1),
        ] {
            let text = now(file);
            assert_eq!(text.matches(sum).count(), sums, "{file}");
            assert_eq!(text.matches("7.8.9").count(), versions, "{file}");
            assert_eq!(text.lines().count(), read(file).lines().count(), "{file}");
        }
        assert!(!now("packaging/aur/PKGBUILD").contains("UNRELEASED"));
        assert_eq!(fs::metadata(copy.join("packaging/aur/PKGBUILD")).unwrap().permissions().mode() & 0o777, 0o640);
        // The tag must be of it, and the changelog must tell of it.
        assert!(!run(copy, "packaging/version", &["v7.8.8"]).status.success());
        assert!(!run(copy, "packaging/version", &["v7.8.9"]).status.success());
        let changelog = now("CHANGELOG.md").replace("## [Unreleased]", "## [Unreleased]\n\n## [7.8.9] - 2026-12-01");
        fs::write(copy.join("CHANGELOG.md"), changelog).unwrap();
        let version = run(copy, "packaging/version", &["v7.8.9"]);
        assert_eq!(String::from_utf8_lossy(&version.stdout), "7.8.9\n", "{version:?}");
        // And what is no version is refused before anything is written.
        assert!(!run(copy, "packaging/fill-in", &["7.8.9; rm"]).status.success());
    }
}
