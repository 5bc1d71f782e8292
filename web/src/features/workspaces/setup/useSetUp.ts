import { type UseFormReturnType, useForm } from "@mantine/form";
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { client } from "~/api/client";
import { Problem } from "~/api/problem";
import { chooseWorkspace } from "~/api/session";
import { meQuery } from "~/domain/person";
import { passwordError } from "~/features/identity/NewPasswordInput";
import { applyFieldErrors } from "~/ui/FormError";
import { guessCurrency } from "../currencies";
import { type Pay, readEffect } from "../firstOffer";
import { guessTimezone } from "../zones";

export type Step = 0 | 1 | 2;

export interface Account extends Record<string, unknown> {
  token: string;
  name: string;
  email: string;
  password: string;
  language: string;
}

export interface NewWorkspace extends Record<string, unknown> {
  workspace_name: string;
  reporting_currency: string;
  timezone: string;
}

export interface FirstOffer extends Record<string, unknown> {
  advertiser_name: string;
  offer_name: string;
  landing_url: string;
  pay: Pay;
  rate: string;
}

export interface SetUp {
  account: UseFormReturnType<Account>;
  workspace: UseFormReturnType<NewWorkspace>;
  offer: UseFormReturnType<FirstOffer>;
  make: UseMutationResult<void, Error, void>;
  makeOffer: UseMutationResult<void, Error, void>;
  goHome: () => void;
}

const ACCOUNT_FIELDS = ["token", "name", "email", "password", "language"];

interface Wanted {
  token: string | undefined;
  onMade: () => void;
  onStep: (step: Step) => void;
}

/** All that the steps hold, so that nothing typed is lost between them, and the calls they end in. */
export function useSetUp({ token, onMade, onStep }: Wanted): SetUp {
  const { t } = useTranslation("workspaces");
  const { account, workspace, offer } = useForms(token);
  const queries = useQueryClient();
  const router = useRouter();
  const advertiser = useRef<{ id: string; name: string } | null>(null);

  const make = useMutation({
    mutationFn: async () => {
      const body = {
        ...account.values,
        ...workspace.values,
        token: account.values.token.trim() || (token ?? ""),
      };
      await client.POST("/v1/setup", { body });
      chooseWorkspace(null);
      onMade();
      await queries.fetchQuery(meQuery);
      onStep(2);
    },
    onError: (thrown) => {
      applyFieldErrors(account, thrown);
      applyFieldErrors(workspace, thrown);
      const problem = Problem.of(thrown);
      if (problem.code === "bad_token") account.setFieldError("token", t("set_up.token_wrong"));
      if (isOfAccount(problem)) onStep(0);
    },
  });

  const makeOffer = useMutation({
    mutationFn: async () => {
      const { advertiser_name, offer_name, landing_url, pay, rate } = offer.values;
      const currency = workspace.values.reporting_currency;
      if (advertiser.current?.name !== advertiser_name) {
        const { data } = await client.POST("/v1/advertisers", { body: { name: advertiser_name } });
        advertiser.current = data ? { id: data.id, name: advertiser_name } : null;
      }
      const goal = { name: pay === "lead" ? "lead" : "sale", payout: readEffect(pay, rate, currency) };
      const { data } = await client.POST("/v1/offers", {
        body: {
          advertiser_id: advertiser.current?.id ?? "",
          name: offer_name,
          landing_url: landing_url.trim(),
          currency,
          goals: [goal],
          visibility: "public",
        },
      });
      router.history.push(data ? `/offers/${data.id}` : "/");
    },
    onError: (thrown) => {
      for (const { field, message } of Problem.of(thrown).errors)
        offer.setFieldError(ofOffer(field), message);
    },
  });

  return { account, workspace, offer, make, makeOffer, goHome: () => router.history.push("/") };
}

function isOfAccount(problem: Problem): boolean {
  const isOfToken =
    problem.code === "bad_token" || problem.code === "password_too_weak" || problem.code === "email_taken";
  return isOfToken || problem.errors.some(({ field }) => ACCOUNT_FIELDS.includes(field));
}

/** The wizard's field that a field of the API's bodies was typed in. */
function ofOffer(field: string): string {
  if (field === "name") return "offer_name";
  return field.startsWith("goals") ? "rate" : field;
}

function useForms(token: string | undefined) {
  const { t, i18n } = useTranslation("workspaces");
  const needed = (value: string) => (value.trim() ? null : t("set_up.needed"));
  const account = useForm<Account>({
    initialValues: { token: "", name: "", email: "", password: "", language: i18n.language },
    validate: {
      token: (typed) => (token || typed.trim() ? null : t("set_up.needed")),
      name: needed,
      email: (email) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? null : t("set_up.email_wrong")),
      password: (plain) => passwordError(plain, t("set_up.password_rule")),
    },
  });
  const workspace = useForm<NewWorkspace>({
    initialValues: {
      workspace_name: "",
      reporting_currency: guessCurrency(navigator.languages),
      timezone: guessTimezone(),
    },
    validate: { workspace_name: needed },
  });
  const currency = workspace.values.reporting_currency;
  const offer = useForm<FirstOffer>({
    initialValues: { advertiser_name: "", offer_name: "", landing_url: "", pay: "percent", rate: "10" },
    validate: {
      advertiser_name: needed,
      offer_name: needed,
      landing_url: (url) => (/^https?:\/\/\S+\.\S+/.test(url.trim()) ? null : t("set_up.url_wrong")),
      rate: (rate, values) => (readEffect(values.pay, rate, currency) ? null : t("set_up.rate_wrong")),
    },
  });
  return { account, workspace, offer };
}
