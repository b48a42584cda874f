# Builds from source. `packaging/fill-in` writes the version and the checksum when a release is made;
# until there is one, there is nothing that this could download.
class Tiltmeter < Formula
  desc "See which way your day tilts: log creating, shaping and consuming"
  homepage "https://github.com/tiltmeter/tiltmeter"
  url "https://github.com/tiltmeter/tiltmeter/releases/download/v0.1.0/tiltmeter-0.1.0-source.tar.gz"
  sha256 "UNRELEASED"
  license "MIT"

  # Rust 1.89 or newer.
  depends_on "rust" => :build

  def install
    system "cargo", "install", *std_cargo_args
    system "packaging/extras", bin/"tiltmeter", "extras"
    man1.install Dir["extras/man/*.1"]
    bash_completion.install "extras/completions/tiltmeter.bash" => "tiltmeter"
    zsh_completion.install "extras/completions/_tiltmeter"
    fish_completion.install "extras/completions/tiltmeter.fish"
    doc.install Dir["docs/*.md"]
  end

  test do
    ENV["XDG_DATA_HOME"] = testpath/"data"
    ENV["XDG_CONFIG_HOME"] = testpath/"config"
    ENV["XDG_STATE_HOME"] = testpath/"state"
    system bin/"tiltmeter", "create", "design", "doc", "--ago", "30m"
    assert_match "design doc", shell_output("#{bin}/tiltmeter day")
    assert_match version.to_s, shell_output("#{bin}/tiltmeter --version")
  end
end
