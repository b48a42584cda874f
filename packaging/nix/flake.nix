# `nix run 'github:tiltmeter/tiltmeter?dir=packaging/nix'`. Name, version and description are read
# from Cargo.toml, so there is nothing to fill in. A lock is written by the first `nix flake lock`.
{
  description = "Tiltmeter: see which way your day tilts";

  # The first with Rust 1.89 or newer.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";

  outputs =
    { self, nixpkgs }:
    let
      # With ?dir= the whole repository is there, so the sources may stand above this file.
      root = ../..;
      cargo = (builtins.fromTOML (builtins.readFile (root + "/Cargo.toml"))).package;
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = cargo.name;
          inherit (cargo) version;
          src = root;
          cargoLock.lockFile = root + "/Cargo.lock";
          nativeBuildInputs = [ pkgs.installShellFiles ];
          # The others open terminals and look at the clock of the system, which a sandbox has not.
          cargoTestFlags = [ "--lib" ];
          postInstall = ''
            bash packaging/extras $out/bin/tiltmeter extras
            installManPage extras/man/*.1
            installShellCompletion --bash --name tiltmeter extras/completions/tiltmeter.bash
            installShellCompletion --zsh extras/completions/_tiltmeter
            installShellCompletion --fish extras/completions/tiltmeter.fish
          '';
          meta = {
            inherit (cargo) description;
            homepage = cargo.repository;
            license = pkgs.lib.licenses.mit;
            mainProgram = cargo.name;
          };
        };
      });
    };
}
