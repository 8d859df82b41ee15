# Sourced by rung and bin/build after jdk.sh; needs $root.
# An image is a folder with all jars and the AOT cache. Each build makes a new one, so that a server that runs from the last one is not disturbed.

images="$root/app/target/images"

# SerialGC: the least memory and the fastest start on few cores. Warnings of the JVM go nowhere near stdout, which may carry JSON.
java_options="-Xmx${RUNG_HEAP:-640m} -XX:+UseSerialGC -Xlog:disable -Xlog:all=error:stderr -Xlog:aot=off -Xlog:cds=off --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# ONNX Runtime reports to its maker unless told not to; the encoder sees to that itself, and so does everything that is started here.
export ORT_DISABLE_TELEMETRY=1

# Sets $image to the newest image; tells whether it was made by this JDK from the sources as they are.
find_image() {
    [ -r "$images/current" ] || return 1
    IFS= read -r image <"$images/current"
    image="$images/$image"
    [ -r "$image/rung.jar" ] && [ -r "$image/jdk" ] || return 1
    IFS= read -r image_jdk <"$image/jdk"
    [ "$image_jdk" = "$JDK_BUILD" ] || return 1
    # Folders count too: their time changes when a file in them is deleted.
    [ -z "$(find "$root/pom.xml" "$root"/*/pom.xml "$root"/*/src/main "$root/docs/schema" -newer "$image/started" -print -quit)" ]
}
