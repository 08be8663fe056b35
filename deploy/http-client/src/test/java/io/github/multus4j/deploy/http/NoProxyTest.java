package io.github.multus4j.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code NO_PROXY} as curl reads it, and the forms beyond it. */
class NoProxyTest {

    private static final String EC2 = "https://ec2.us-east-1.amazonaws.com/";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                EC2 + " | .amazonaws.com",
                EC2 + " | amazonaws.com",
                EC2 + " | AMAZONAWS.COM.",
                EC2 + " | *.amazonaws.com",
                EC2 + " | *",
                EC2 + " | localhost,.amazonaws.com",
                EC2 + " | localhost .amazonaws.com",
                EC2 + " | ec2.us-east-1.amazonaws.com",
                EC2 + " | .amazonaws.com:443",
                "http://h.example/ | h.example:80",
                "http://h.example:8080/ | h.example:8080",
                "http://h.example./ | h.example",
                "http://10.1.2.3:8000/ | 10.0.0.0/8",
                "http://10.1.2.3:8000/ | 10.1.2.9/24",
                "http://10.1.2.3:8000/ | 10.1.2.3",
                "http://10.1.2.3:8000/ | 10.1.2.3:8000",
                "http://[fd12::1]:8000/ | fd12::/16",
                "http://[fd12::1]:8000/ | [fd12::1]",
                "http://[fd12::1]:8000/ | [fd12::1]:8000",
            })
    void covers_listedHosts_isTrue(String url, String list) {
        assertThat(NoProxy.of(list).covers(URI.create(url))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                EC2 + " | ''",
                EC2 + " | onaws.com",
                EC2 + " | us-east-1.amazonaws",
                EC2 + " | .amazonaws.com:8443",
                EC2 + " | 10.0.0.0/8",
                EC2 + " | 0.0.0.0/0",
                "http://10.1.2.3:8000/ | 10.2.0.0/16",
                "http://10.1.2.3:8000/ | .2.3",
                "http://10.1.2.3:8000/ | 10.1.2.3:8001",
                "http://10.1.2.3:8000/ | 10.1.2.3/33",
                "http://10.1.2.3:8000/ | fd12::/16",
            })
    void covers_otherHosts_isFalse(String url, String list) {
        assertThat(NoProxy.of(list).covers(URI.create(url))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"http://169.254.169.254/", "http://169.254.170.23/v1/credentials", "http://[fd00:ec2::254]/"})
    void covers_metadataAndCredentials_isAlwaysTrue(String url) {
        assertThat(NoProxy.of("").covers(URI.create(url))).isTrue();
    }
}
