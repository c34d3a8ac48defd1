{{- define "leadgen.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- /* What selects pods of this release: never changes. */ -}}
{{- define "leadgen.releaseSelector" -}}
app.kubernetes.io/name: {{ default .Chart.Name .Values.nameOverride }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- /* Of (dict "root" $ "component" "api"). */ -}}
{{- define "leadgen.selector" -}}
{{ include "leadgen.releaseSelector" .root }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "leadgen.labels" -}}
{{ include "leadgen.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: leadgen
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- /* The network policies' pods: those that take part in the cell. */ -}}
{{- define "leadgen.appLabel" -}}
leadgen-role: app
{{- end -}}

{{- define "leadgen.image" -}}
{{- $image := .root.Values.image -}}
{{- if $image.digest -}}
{{ printf "%s@%s" $image.repository $image.digest }}
{{- else -}}
{{ printf "%s:%s" $image.repository (.tag | default $image.tag | default .root.Chart.AppVersion) }}
{{- end -}}
{{- end -}}

{{- define "leadgen.redisImage" -}}
{{- $image := .Values.redis.image -}}
{{- if $image.digest -}}{{ printf "%s@%s" $image.repository $image.digest }}{{- else -}}{{ printf "%s:%s" $image.repository $image.tag }}{{- end -}}
{{- end -}}

{{- define "leadgen.redisSecret" -}}
{{- if eq .Values.redis.mode "external" -}}
{{- required "redis.existingSecret: name the Secret that holds the URL of your Redis, or set redis.mode to standalone or sentinel" .Values.redis.existingSecret -}}
{{- else -}}
{{- .Values.redis.existingSecret | default (printf "%s-redis" (include "leadgen.fullname" .)) -}}
{{- end -}}
{{- end -}}

{{- define "leadgen.keysSecret" -}}
{{- if .Values.secrets.existingSecret -}}{{ .Values.secrets.existingSecret }}{{- else if .Values.secrets.create -}}{{ include "leadgen.fullname" . }}-keys{{- end -}}
{{- end -}}

{{- define "leadgen.storageClaim" -}}
{{- .Values.storage.existingClaim | default (printf "%s-objects" (include "leadgen.fullname" .)) -}}
{{- end -}}

{{- define "leadgen.metricsPort" -}}9464{{- end -}}
{{- define "leadgen.apiPort" -}}3000{{- end -}}
{{- define "leadgen.tracesSecret" -}}
{{- if .Values.traces.existingSecret -}}
{{- if not .Values.traces.endpoint -}}{{- fail "traces.endpoint: say where traces go that traces.existingSecret is for" -}}{{- end -}}
{{- .Values.traces.existingSecret -}}
{{- end -}}
{{- end -}}

{{- /* Names that the API is called by in the cluster. */ -}}
{{- define "leadgen.apiHosts" -}}
{{- $name := printf "%s-api" (include "leadgen.fullname" .) -}}
{{- list $name (printf "%s.%s" $name .Release.Namespace) (printf "%s.%s.svc" $name .Release.Namespace) | toJson -}}
{{- end -}}
