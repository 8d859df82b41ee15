package dev.rung.models.egress;

import dev.rung.core.RungException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;

/**
 * The user's proxy, from {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} (in lower case too), as command line tools read them. Calls to servers
 * on this machine never go through it.
 */
final class ProxySetting extends ProxySelector {
    private final Map<String, String> environment;

    private ProxySetting(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    static ProxySetting of(Map<String, String> environment) {
        return new ProxySetting(environment);
    }

    private String value(String variable) {
        String given = environment.getOrDefault(variable.toLowerCase(Locale.ROOT), "");
        return given.isBlank() ? environment.getOrDefault(variable, "").strip() : given.strip();
    }

    private Optional<URI> proxy(String variable) {
        String text = value(variable);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text.contains("://") ? text : "http://" + text);
            if (uri.getHost() != null && "http".equals(uri.getScheme())) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // said below, without the text, which may hold a password
        }
        throw new RungException.WrongInput("found a value of " + variable
                + " that is no HTTP proxy, expected such as http://proxy.example:3128. Correct or unset it");
    }

    @Override
    public List<Proxy> select(URI uri) {
        String host = uri.getHost();
        if (host == null || isDirect(host.toLowerCase(Locale.ROOT))) {
            return List.of(Proxy.NO_PROXY);
        }
        return List.of(proxy("https".equals(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY")
                .map(at -> new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(at.getHost(), port(at))))
                .orElse(Proxy.NO_PROXY));
    }

    private boolean isDirect(String host) {
        for (String entry : value("NO_PROXY").toLowerCase(Locale.ROOT).split("[,\\s]+")) {
            String name = entry.startsWith(".") ? entry.substring(1) : entry;
            if (entry.equals("*") || (!name.isEmpty() && (host.equals(name) || host.endsWith("." + name)))) {
                return true;
            }
        }
        return false;
    }

    private static int port(URI proxy) {
        return proxy.getPort() < 0 ? 80 : proxy.getPort();
    }

    /** Returns the name and the password that the address of a proxy holds, when the proxy asks for them. */
    CredentialsProvider credentials() {
        return (scope, context) -> Stream.of("HTTPS_PROXY", "HTTP_PROXY")
                .flatMap(variable -> proxy(variable).stream())
                .filter(proxy -> proxy.getHost().equalsIgnoreCase(scope.getHost()) && port(proxy) == scope.getPort())
                .map(URI::getUserInfo)
                .filter(Objects::nonNull)
                .map(user -> user.split(":", 2))
                .map(parts ->
                        new UsernamePasswordCredentials(parts[0], parts.length < 2 ? null : parts[1].toCharArray()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {
        // There is no other proxy to turn to.
    }
}
