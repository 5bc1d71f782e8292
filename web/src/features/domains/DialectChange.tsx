import { Button, Group, MultiSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { useWords } from "~/domain/words";
import { FormError } from "~/ui/FormError";
import { notifyDone } from "~/ui/Toast";
import { DIALECTS } from "./dialects";
import { type Domain, useDomainsChanged } from "./domains";

/** Which platforms' links and postbacks a domain understands. */
export function DialectChange({ domain }: { domain: Domain }) {
  const { t } = useTranslation("domains");
  const changed = useDomainsChanged();
  const [dialects, setDialects] = useState<string[]>(domain.dialects);
  const [error, setError] = useState<unknown>(null);
  const isSame = [...dialects].sort().join() === [...domain.dialects].sort().join();
  const save = async () => {
    try {
      const path = { id: domain.id };
      await client.PATCH("/v1/domains/{id}", { params: { path }, body: { dialects } });
      setError(null);
      await changed();
      notifyDone(t("was_changed", { host: domain.host }));
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <Stack gap="xs">
      <FormError error={error} />
      <DialectSelect value={dialects} onChange={setDialects} />
      <Group>
        <Button variant="default" disabled={isSame} onClick={() => void save()}>
          {t("dialects.save")}
        </Button>
      </Group>
    </Stack>
  );
}

interface SelectProps {
  value: string[];
  onChange: (dialects: string[]) => void;
}

export function DialectSelect({ value, onChange }: SelectProps) {
  const { t } = useTranslation("domains");
  const word = useWords();
  return (
    <MultiSelect
      label={<Text span>{t("dialects.title")}</Text>}
      description={t("dialects.help")}
      placeholder={value.length === 0 ? t("dialects.own") : undefined}
      data={DIALECTS.map((dialect) => ({ value: dialect, label: word("dialect", dialect) }))}
      value={value}
      onChange={onChange}
    />
  );
}
