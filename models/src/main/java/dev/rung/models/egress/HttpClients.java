package dev.rung.models.egress;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Makes the HTTP clients: they open {@link GuardedSocket}s alone and retry nothing. */
final class HttpClients {
    private static final int CONNECTIONS = 256;

    private HttpClients() {}

    /** Returns a client that reaches this machine alone. */
    static CloseableHttpClient toThisMachine(NameLookup.Names names, Duration connect, AtomicLong attempts) {
        return client(new NameLookup(names, connect, Reach.THIS_MACHINE), connect, Reach.THIS_MACHINE, attempts)
                .disableRedirectHandling()
                .build();
    }

    /** Returns a client that reaches any machine, through the user's proxy if there is one. */
    static CloseableHttpClient toAnywhere(
            NameLookup.Names names, Duration connect, boolean redirects, ProxySetting proxy, AtomicLong attempts) {
        HttpClientBuilder client = client(
                        new NameLookup(names, connect, Reach.ANYWHERE), connect, Reach.ANYWHERE, attempts)
                .setProxySelector(proxy)
                .setDefaultCredentialsProvider(proxy.credentials());
        return (redirects ? client.setRedirectStrategy(new StaysEncrypted()) : client.disableRedirectHandling())
                .build();
    }

    /** Returns a client for requests that are passed on: their header fields are sent as they are, and nothing is added to them. */
    static CloseableHttpClient toRelay(
            NameLookup.Names names,
            Duration connect,
            Reach reach,
            int connections,
            @Nullable ProxySetting proxy,
            AtomicLong attempts) {
        PoolingHttpClientConnectionManagerBuilder pool = pool(
                        new NameLookup(names, connect, reach), connect, reach, connections, attempts)
                .setConnectionFactory(RelayConnection.factory())
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoTimeout(Timeout.DISABLED)
                        .build()); // RelayCall says why
        HttpClientBuilder client = client(pool.build())
                .setRequestExecutor(new WatchedExecutor())
                .setUserAgent("rung")
                .setUserTokenHandler((route, context) -> null) // connections belong to nobody
                .disableRedirectHandling();
        if (proxy != null) {
            client.setProxySelector(proxy).setDefaultCredentialsProvider(proxy.credentials());
        }
        return client.build();
    }

    private static HttpClientBuilder client(NameLookup lookup, Duration connect, Reach reach, AtomicLong attempts) {
        return client(pool(lookup, connect, reach, CONNECTIONS, attempts).build())
                .setUserAgent("rung");
    }

    private static PoolingHttpClientConnectionManagerBuilder pool(
            NameLookup lookup, Duration connect, Reach reach, int most, AtomicLong attempts) {
        return new GuardedConnections(reach, attempts)
                .setDnsResolver(lookup)
                .setMaxConnTotal(most * 4)
                .setMaxConnPerRoute(most)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connect))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build());
    }

    private static HttpClientBuilder client(PoolingHttpClientConnectionManager pool) {
        return HttpClientBuilder.create()
                .setConnectionManager(pool)
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching();
    }

    /** Follows redirects, but none from an encrypted to an open connection. */
    private static final class StaysEncrypted extends DefaultRedirectStrategy {
        @Override
        public boolean isRedirectAllowed(HttpHost current, HttpHost target, HttpRequest redirect, HttpContext context) {
            return URIScheme.HTTPS.same(target.getSchemeName()) || !URIScheme.HTTPS.same(current.getSchemeName());
        }
    }

    private static final class GuardedConnections extends PoolingHttpClientConnectionManagerBuilder {
        private final Reach reach;
        private final AtomicLong attempts;

        GuardedConnections(Reach reach, AtomicLong attempts) {
            this.reach = reach;
            this.attempts = attempts;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    proxy -> new GuardedSocket(reach, attempts),
                    ports,
                    names,
                    RegistryBuilder.<TlsSocketStrategy>create()
                            .register(URIScheme.HTTPS.id, tls)
                            .build());
        }
    }

    static HttpHost host(URI uri) {
        return HttpHost.create(uri);
    }
}
