import { Button, Checkbox, Code, CopyButton, Group, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FILLED, type Filled, masked, postbackUrl } from "./url";

const USUAL: Record<Filled, string> = {
  click_id: "{click_id}",
  order_id: "{order_id}",
  amount: "{amount}",
  currency: "{currency}",
  status: "",
  customer_id: "",
};

/** The address to paste into the sender's system, in the sender's own macros. */
export function UrlBuilder({ token, sample }: { token: string; sample: string }) {
  const { t } = useTranslation("workspaces");
  const [goal, setGoal] = useState("sale");
  const [macros, setMacros] = useState<Record<string, string>>(USUAL);
  const [withToken, setWithToken] = useState(false);
  const url = postbackUrl(sample, token, { goal, macros });
  const shown = withToken ? url : postbackUrl(sample, masked(token), { goal, macros });
  return (
    <Stack gap="md">
      <Code block fz="sm" style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
        {shown}
      </Code>
      <Group justify="space-between">
        <Checkbox
          label={t("postback.with_token")}
          checked={withToken}
          onChange={(event) => setWithToken(event.currentTarget.checked)}
        />
        <CopyButton value={url} timeout={2000}>
          {({ copied, copy }) => (
            <Button
              onClick={copy}
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
            >
              {copied ? t("postback.copied") : t("postback.copy_address")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        {FILLED.map((name) => (
          <TextInput
            key={name}
            label={name}
            labelProps={{ translate: "no" }}
            value={macros[name] ?? ""}
            placeholder={t("postback.left_out")}
            onChange={(event) => setMacros({ ...macros, [name]: event.currentTarget.value })}
          />
        ))}
        <TextInput
          label="goal"
          labelProps={{ translate: "no" }}
          value={goal}
          placeholder={t("postback.primary_goal")}
          onChange={(event) => setGoal(event.currentTarget.value)}
        />
      </SimpleGrid>
    </Stack>
  );
}
