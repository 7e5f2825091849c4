package dev.tenantry.access.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import jakarta.ws.rs.BadRequestException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageQueryTest {

    private static final List<String> ALL = List.of("a", "b", "c", "d", "e");

    @Test
    void aPageIsCutOutOfAWholeList() {
        assertThat(new PageQuery(1, 2).of(ALL)).isEqualTo(new Page<>(List.of("c", "d"), 1, 2, 5));
        assertThat(new PageQuery(2, 2).of(ALL).items()).containsExactly("e");
        assertThat(new PageQuery(Integer.MAX_VALUE, 500).of(ALL).items()).isEmpty();
    }

    @Test
    void aPageThatWasReadAloneKeepsTheTotal() {
        assertThat(new PageQuery(1, 2).holding(List.of("c", "d"), 5)).isEqualTo(new PageQuery(1, 2).of(ALL));
    }

    @ParameterizedTest
    @CsvSource({"-1, 50, page is 0 or more", "0, 0, size is 1 to 500", "0, 501, size is 1 to 500"})
    void whatNoPageCanBeIsRefused(int page, int size, String message) {
        assertThatThrownBy(() -> new PageQuery(page, size).of(ALL)).isInstanceOf(BadRequestException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> new PageQuery(page, size).holding(ALL, 5)).isInstanceOf(BadRequestException.class);
    }
}
