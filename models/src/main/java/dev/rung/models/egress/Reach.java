package dev.rung.models.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which addresses a call may reach, once its host's name has been looked up. */
enum Reach {
    /** Loopback addresses alone. */
    THIS_MACHINE,
    /**
     * Anything that the address, as it is written in the configuration, lets one expect: public addresses for a name; this machine only for
     * {@code localhost}; private networks only when the address itself is written out. A name that turns out to lead inside is how servers are talked into
     * calling their own network. Addresses that name no single machine, and link-local ones, where clouds keep their machines' credentials, are never reached.
     */
    AS_WRITTEN,
    /** Anything. */
    ANYWHERE;

    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|.*:.*");

    /** Returns why {@code address}, found for {@code host}, must not be reached, to follow on the address; null when it may. */
    @Nullable
    String objection(String host, InetAddress address) {
        return switch (this) {
            case THIS_MACHINE -> address.isLoopbackAddress() ? null : "which is not this machine";
            case AS_WRITTEN -> unexpected(host.toLowerCase(Locale.ROOT), address);
            case ANYWHERE -> null;
        };
    }

    private static @Nullable String unexpected(String host, InetAddress address) {
        if (address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            return "which is not the address of a server";
        }
        if (NUMBERS.matcher(host).matches()) {
            return null;
        }
        if (address.isLoopbackAddress()) {
            return host.equals("localhost") || host.endsWith(".localhost")
                    ? null
                    : "which is this machine; write localhost or 127.0.0.1 if that is meant";
        }
        return isPrivate(address)
                ? "which is inside a private network; write the address itself if that is meant"
                : null;
    }

    private static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            boolean shared = (bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64; // RFC 6598
            return address.isSiteLocalAddress() || shared || bytes[0] == 0;
        }
        return address.isSiteLocalAddress() || (bytes[0] & 0xFE) == 0xFC; // RFC 4193
    }
}
