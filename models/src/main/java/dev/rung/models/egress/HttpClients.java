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

/** Makes the HTTP clients: they open {@link GuardedSocket}s alone and retry nothing. */
final class HttpClients {
    private static final int CONNECTIONS = 256;

    private HttpClients() {}

    /** Returns a client that reaches this machine alone. */
    static CloseableHttpClient toThisMachine(NameLookup.Names names, Duration connect, AtomicLong attempts) {
        return client(new NameLookup(names, connect, true), connect, true, attempts)
                .disableRedirectHandling()
                .build();
    }

    /** Returns a client that reaches any machine, through the user's proxy if there is one. */
    static CloseableHttpClient toAnywhere(
            NameLookup.Names names, Duration connect, boolean redirects, ProxySetting proxy, AtomicLong attempts) {
        HttpClientBuilder client = client(new NameLookup(names, connect, false), connect, false, attempts)
                .setProxySelector(proxy)
                .setDefaultCredentialsProvider(proxy.credentials());
        return (redirects ? client.setRedirectStrategy(new StaysEncrypted()) : client.disableRedirectHandling())
                .build();
    }

    private static HttpClientBuilder client(
            NameLookup lookup, Duration connect, boolean loopbackOnly, AtomicLong attempts) {
        PoolingHttpClientConnectionManager connections = new GuardedConnections(loopbackOnly, attempts)
                .setDnsResolver(lookup)
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connect))
                        .setValidateAfterInactivity(TimeValue.ofSeconds(2))
                        .setTimeToLive(TimeValue.ofMinutes(10))
                        .build())
                .setDefaultSocketConfig(
                        SocketConfig.custom().setTcpNoDelay(true).build())
                .build();
        return HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setUserAgent("rung")
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
        private final boolean loopbackOnly;
        private final AtomicLong attempts;

        GuardedConnections(boolean loopbackOnly, AtomicLong attempts) {
            this.loopbackOnly = loopbackOnly;
            this.attempts = attempts;
        }

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver names, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(
                    proxy -> new GuardedSocket(loopbackOnly, attempts),
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
