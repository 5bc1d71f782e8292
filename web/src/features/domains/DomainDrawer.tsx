import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { client, type Schemas } from "~/api/client";
import { StateChip } from "~/domain/StatusChip";
import { ConfirmDialog } from "~/ui/ConfirmDialog";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { SideDrawer } from "~/ui/SideDrawer";
import { notifyDone } from "~/ui/Toast";
import { DialectChange } from "./DialectChange";
import { DnsLines } from "./DnsLines";
import { DomainHealth } from "./DomainHealth";
import { dnsRecord } from "./dns";
import { type Domain, useDomainsChanged } from "./domains";
import { SwapDomain } from "./SwapDomain";

type State = Schemas["DomainState"];

interface Props {
  domain: Domain | undefined;
  mayEdit: boolean;
  onClose: () => void;
}

/** One tracking domain: its record, its state and what the state means. */
export function DomainDrawer({ domain, mayEdit, onClose }: Props) {
  const { t } = useTranslation("domains");
  const { date } = useFormat();
  return (
    <SideDrawer opened={domain !== undefined} onClose={onClose} title={domain?.host}>
      {domain && (
        <Stack gap="lg">
          <KeyValues
            items={[
              { label: t("state"), value: <StateChip of="domain" state={domain.state} /> },
              {
                label: t("used_by"),
                value: domain.partner_id ? (domain.owner ?? t("one_partner")) : t("everybody"),
              },
              { label: t("added"), value: date(domain.created_at) },
            ]}
          />
          <DomainHealth domain={domain} mayEdit={mayEdit} />
          <DnsLines record={dnsRecord(domain.host, window.location.hostname)} />
          {mayEdit && <DialectChange key={`dialects ${domain.id}`} domain={domain} />}
          {mayEdit && <StateChange domain={domain} />}
        </Stack>
      )}
    </SideDrawer>
  );
}

function StateChange({ domain }: { domain: Domain }) {
  const { t } = useTranslation("domains");
  const changed = useDomainsChanged();
  const [wanted, setWanted] = useState<State | null>(null);
  const texts: { [state in State]: { act: string; effect: string } } = {
    ok: { act: t("act.ok"), effect: t("effect.ok") },
    warned: { act: t("act.warned"), effect: t("effect.warned") },
    banned: { act: t("act.banned"), effect: t("effect.banned", { host: domain.host }) },
  };
  const others = (Object.keys(texts) as State[]).filter((state) => state !== domain.state);
  const apply = async () => {
    if (!wanted) return;
    await client.PATCH("/v1/domains/{id}", { params: { path: { id: domain.id } }, body: { state: wanted } });
    await changed();
    notifyDone(t("was_changed", { host: domain.host }));
  };
  return (
    <Stack gap="xs">
      <Text fw={600}>{t("change_state")}</Text>
      {domain.state !== "banned" || !domain.is_state_chosen ? <SwapDomain domain={domain} /> : null}
      <Group gap="xs">
        {others.map((state) => (
          <Button key={state} variant="default" onClick={() => setWanted(state)}>
            {texts[state].act}
          </Button>
        ))}
      </Group>
      <ConfirmDialog
        opened={wanted !== null}
        onClose={() => setWanted(null)}
        title={wanted ? texts[wanted].act : ""}
        confirmLabel={wanted ? texts[wanted].act : ""}
        danger={wanted === "banned"}
        onConfirm={apply}
      >
        {wanted && texts[wanted].effect}
      </ConfirmDialog>
    </Stack>
  );
}
