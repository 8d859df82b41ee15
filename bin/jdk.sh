# Sourced by rung, bin/build, verify and .ci/run: find_jdk sets and exports JAVA_HOME, and sets JDK_BUILD (which build of which JDK it is).
# Reads the JDK's own "release" file instead of starting java: a start would cost more than all the rest of the launcher.

jdk_wanted=25
jdk_seen=

# Tells whether folder $1 holds a whole JDK that is new enough; notes those that are too old.
is_jdk() {
    [ -r "$1/release" ] || return 1
    jdk_version= jdk_implementor=
    while IFS= read -r jdk_line; do
        case $jdk_line in
            JAVA_VERSION=*) jdk_version=${jdk_line#*\"} jdk_version=${jdk_version%%\"*} ;;
            JAVA_RUNTIME_VERSION=*) jdk_implementor=${jdk_line#*\"} jdk_implementor=${jdk_implementor%%\"*} ;;
        esac
    done <"$1/release"
    jdk_major=${jdk_version%%[!0-9]*}
    if [ -z "$jdk_major" ] || [ "$jdk_major" -lt "$jdk_wanted" ]; then
        jdk_seen="$jdk_seen
    $1: version ${jdk_version:-unknown}"
        return 1
    fi
    if [ ! -x "$1/bin/javac" ]; then
        jdk_seen="$jdk_seen
    $1: version $jdk_version, but only a runtime (no javac)"
        return 1
    fi
    JAVA_HOME=$1
    JDK_BUILD="$1 $jdk_version $jdk_implementor"
    export JAVA_HOME
}

# Follows the symbolic links of file $1; the result is in $followed. (readlink -f is not everywhere.)
follow() {
    followed=$1
    while [ -L "$followed" ]; do
        follow_link=$(readlink "$followed")
        case $follow_link in
            /*) followed=$follow_link ;;
            *) followed=${followed%/*}/$follow_link ;;
        esac
    done
}

find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then return 0; fi
    if jdk_java=$(command -v java); then
        follow "$jdk_java"
        jdk_bin=${followed%/*}
        if is_jdk "${jdk_bin%/*}"; then return 0; fi
    fi
    if [ -x /usr/libexec/java_home ] && jdk_home=$(/usr/libexec/java_home -F -v "$jdk_wanted+" 2>/dev/null); then
        if is_jdk "$jdk_home"; then return 0; fi
    fi
    for jdk_home in \
        /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* \
        "${HOME:-/root}"/.sdkman/candidates/java/* "${HOME:-/root}"/.jdks/* \
        "${HOME:-/root}"/.local/share/mise/installs/java/* "${HOME:-/root}"/.asdf/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if [ ! -L "$jdk_home" ] && is_jdk "$jdk_home"; then return 0; fi
    done
    cat >&2 <<END
error: Rung needs JDK $jdk_wanted or newer, and there is none here.
  Looked at JAVA_HOME, java on the PATH, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks and the like. Found:${jdk_seen:-
    no JDK at all}
  Install one and run this again, or set JAVA_HOME to one that lies elsewhere:
    Debian, Ubuntu   apt-get install openjdk-$jdk_wanted-jdk-headless
    Fedora           dnf install java-$jdk_wanted-openjdk-devel
    macOS            brew install openjdk@$jdk_wanted
    SDKMAN           sdk install java $jdk_wanted-tem
END
    return 5
}
