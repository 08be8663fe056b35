package io.github.multus4j.testkit.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.multus4j.testkit.Action;
import io.github.multus4j.testkit.internal.http.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The wire form of answers. */
class WireFormTest {

    @Test
    void everyAction_canBeCalled() {
        assertThat(WireActions.all()).containsOnlyKeys(Action.values());
    }

    @Test
    void xml_specialTextAndNulls_areEscapedAndLeftOut() {
        String xml = Xml.document(
                "Root", "", root -> root.text("a", "<&>\"é🎈").text("b", null).text("c", ""));

        assertThat(xml).endsWith("<Root><a>&lt;&amp;&gt;\"é🎈</a><c></c></Root>");
    }

    @Test
    void xml_lists_haveItemsOrMembers() {
        String xml = Xml.document(
                "Root",
                "urn:x",
                root -> root.textItems("set", List.of(1, 2))
                        .items("none", List.of(), (item, value) -> {})
                        .members("list", List.of("v"), (member, value) -> member.text("k", value)));

        assertThat(xml)
                .contains("<Root xmlns=\"urn:x\"><set><item>1</item><item>2</item></set><none></none>")
                .contains("<list><member><k>v</k></member></list>");
    }

    @Test
    void json_nests_andEscapes() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("text", "a\"b\\c\n\u0001é");
        map.put("list", Arrays.asList(1, true, null, List.of()));
        map.put("map", Map.of());

        assertThat(Json.write(map))
                .isEqualTo("{\"text\":\"a\\\"b\\\\c\\u000a\\u0001é\",\"list\":[1,true,null,[]],\"map\":{}}");
    }
}
