#!/usr/bin/env bash
# Installs a .deb in a clean root of this machine's own release, as a stranger would, looks at what came, opens
# the window, removes it again and looks at what stayed.
#
#   tests/install/deb.sh FILE.deb [PICTURE.png]
#
# Needs to be root (or sudo) and the Debian mirror that this machine uses itself.
set -euo pipefail

package=$(realpath "${1:?which .deb?}")
picture=${2:-${package%.deb}.png}

if [ "$(id -u)" != 0 ]; then exec sudo --preserve-env=TMPDIR "$0" "$package" "$picture"; fi

step() { printf '\n» install test: %s\n' "$*"; }
fail() { printf 'install test FAILED: %s\n' "$*" >&2; exit 1; }

command -v debootstrap >/dev/null || {
    step "installing debootstrap"
    apt-get update --quiet=2
    DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet=2 --no-install-recommends debootstrap
}

# --- the clean root ---------------------------------------------------------------------------------------------

# Not in /tmp, which is often mounted without devices or programs.
clean=$(mktemp --directory --tmpdir="${TMPDIR:-/var/tmp}" ringledger-install.XXXXXX)
chmod 755 "$clean"

take_down() {
    local mount
    for mount in dev proc; do
        if mountpoint --quiet "$clean/$mount"; then umount --recursive --lazy "$clean/$mount" || return; fi
    done
    rm -rf --one-file-system "$clean"
}
trap take_down EXIT

inside() {
    env --ignore-environment PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        DEBIAN_FRONTEND=noninteractive HOME=/root chroot "$clean" "$@"
}
install_inside() { inside apt-get install --yes --quiet=2 --no-install-recommends "$@" >/dev/null; }

# shellcheck source=/dev/null
. /etc/os-release
mirror=$(awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/{debian,ubuntu}.sources 2>/dev/null ||
    true)
[ -n "$mirror" ] || mirror=$(awk '/^deb / { for (i = 2; i <= NF; i++) if ($i ~ /^http/) { print $i; exit } }' \
    /etc/apt/sources.list)
components=main
[ "$ID" != ubuntu ] || components=main,universe

step "a clean $PRETTY_NAME"
debootstrap --variant=minbase --components="$components" "$VERSION_CODENAME" "$clean" "$mirror" >"$clean.log" 2>&1 || {
    tail -n 20 "$clean.log" >&2
    fail "debootstrap"
}
rm -f "$clean.log"
mount -t proc proc "$clean/proc"
mount --rbind /dev "$clean/dev"
mount --make-rslave "$clean/dev"
# Services must not be started in a root that is not running.
printf '#!/bin/sh\nexit 101\n' >"$clean/usr/sbin/policy-rc.d"
chmod +x "$clean/usr/sbin/policy-rc.d"
cp "$package" "$clean/root/ringledger.deb"

# --- installing -------------------------------------------------------------------------------------------------

step "installing, with nothing but what the package asks for"
inside apt-get update --quiet=2
install_inside /root/ringledger.deb
inside dpkg --listfiles ringledger >"$clean/root/files"
for file in \
    /usr/bin/ringledger \
    /usr/bin/ringledger-desktop \
    /usr/lib/systemd/system/ringledger-listen.service \
    /usr/lib/udev/rules.d/60-ringledger.rules \
    /usr/share/applications/Ringledger.desktop \
    /usr/share/doc/ringledger/copyright \
    /usr/share/icons/hicolor/32x32/apps/ringledger-desktop.png \
    /usr/share/icons/hicolor/scalable/apps/ringledger-desktop.svg \
    /usr/share/metainfo/org.ringledger.Ringledger.metainfo.xml; do
    grep --quiet --line-regexp "$file" "$clean/root/files" || fail "$file is not in the package"
done
[ ! -e "$clean/etc/systemd/system/multi-user.target.wants/ringledger-listen.service" ] ||
    fail "the service was enabled without being asked for"
for file in ringledger ringledger-listen.service 60-ringledger.rules; do
    stray=$(find "$clean/usr" -name "$file" -type f ! -perm -a+r)
    [ -z "$stray" ] || fail "not readable for everybody: $stray"
done

step "the programs start"
version=$(inside ringledger --version)
# shellcheck disable=SC2016 # it is dpkg-query that puts the version in
packaged=$(inside dpkg-query --show --showformat='${Version}' ringledger)
echo "$version"
[ "$version" = "ringledger $packaged" ] || fail "the program and the package ($packaged) disagree on the version"
inside ringledger listen --help >/dev/null
missing=$(inside ldd /usr/bin/ringledger-desktop /usr/bin/ringledger | grep 'not found' || true)
[ -z "$missing" ] || fail "libraries the package does not ask for: $missing"

# The C library is the one thing every program needs and ldd here cannot find wanting: this is the release it was built on.
newest=$(objdump --dynamic-syms "$clean/usr/bin/ringledger-desktop" "$clean/usr/bin/ringledger" |
    grep --only-matching 'GLIBC_[0-9.]*' | sort --version-sort | tail -n 1)
# shellcheck disable=SC2016
depends=$(inside dpkg-query --show --showformat='${Depends}' ringledger)
asked=$(grep --only-matching 'libc6 (>= [0-9.]*' <<<"$depends" | grep --only-matching '[0-9.]*$')
dpkg --compare-versions "${newest#GLIBC_}" le "$asked" ||
    fail "the programs need libc6 ${newest#GLIBC_}, the package asks for $asked"

step "its desktop file, description and service are valid"
install_inside desktop-file-utils appstream systemd
inside desktop-file-validate /usr/share/applications/Ringledger.desktop
inside appstreamcli validate --no-net /usr/share/metainfo/org.ringledger.Ringledger.metainfo.xml
inside systemd-analyze verify /usr/lib/systemd/system/ringledger-listen.service

# --- the window -------------------------------------------------------------------------------------------------

step "the window opens for a person who is not root"
install_inside xvfb xauth dbus dbus-daemon x11-utils imagemagick fonts-dejavu-core
inside useradd --create-home anna
cat >"$clean/root/look" <<'END'
#!/bin/bash
# Waits until the window is there and more is drawn in it than a blank page; then takes its picture.
set -u
ringledger-desktop >"$HOME/log" 2>&1 &
program=$!
for _ in $(seq 60); do
    sleep 0.5
    kill -0 "$program" 2>/dev/null || { echo "the program has ended" >&2; exit 1; }
    xwininfo -name Ringledger >/dev/null 2>&1 || continue
    import -window root "$HOME/window.png"
    colours=$(identify -format %k "$HOME/window.png")
    [ "$colours" -gt 16 ] && { echo "a window \"Ringledger\" with $colours colours"; kill "$program"; exit 0; }
done
echo "no window with anything in it after 30 s" >&2
kill "$program"
exit 1
END
install -m 755 "$clean/root/look" "$clean/usr/local/bin/look"
inside runuser --login anna --command \
    "xvfb-run --auto-servernum --server-args='-screen 0 1280x800x24 -nolisten tcp' dbus-run-session -- look" || {
    cat "$clean/home/anna/log" >&2 || true
    fail "the window"
}
cp "$clean/home/anna/window.png" "$picture"

# --- upgrading and removing -------------------------------------------------------------------------------------

step "installing over itself"
inside dpkg --install /root/ringledger.deb >/dev/null

step "removing"
inside apt-get remove --yes --quiet=2 ringledger >/dev/null
while IFS= read -r file; do
    # Folders may be shared with other packages.
    [ -d "$clean$file" ] || [ ! -e "$clean$file" ] || fail "$file stayed"
done <"$clean/root/files"
inside apt-get purge --yes --quiet=2 ringledger >/dev/null
stayed=$(find "$clean/etc" "$clean/usr" "$clean/var" "$clean/opt" -xdev -iname '*ringledger*')
[ -z "$stayed" ] || fail "stayed after removal: $stayed"
[ -d "$clean/home/anna/.local/share/org.ringledger.Ringledger" ] || fail "the person's own data went away"

step "passed; the window's picture is $picture"
